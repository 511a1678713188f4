package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.api.batch.ItemFailure;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job that was stopped goes on where it was, if it still is the same job. */
abstract class ResumeClauses extends EvaluatorClauses {

    ResumeClauses(BatchEvaluatorContract contract) {
        super(contract);
    }

    @Test
    void onlyWhatIsMissingIsEvaluatedInEveryMode() throws Exception {
        for (EvaluationMode mode : EvaluationMode.values()) {
            stopAfter(7, corpus(30));
            RecordedFunction function = RecordedFunction.answering();

            EvaluationReport report =
                    run(evaluator(), sketch(corpus(30)).mode(mode).function(function));

            assertThat(function.evaluated()).as("%s", mode).containsExactlyInAnyOrderElementsOf(ids(7, 30));
            assertThat(report.status()).isEqualTo(Status.COMPLETED);
            assertThat(report.progress().resumed()).isEqualTo(7);
            assertThat(report.progress().done()).isEqualTo(30);
            assertThat(outputText()).as("%s", mode).isEqualTo(outputOf(30));
        }
    }

    @Test
    void aJobCanBeStoppedAndResumedManyTimes() throws Exception {
        RecordedFunction function = RecordedFunction.answering();
        for (int i = 2; i < 12; i += 3) {
            assertThat(stopAfter(i, corpus(12), function).status()).isEqualTo(Status.CANCELLED);
        }

        run(evaluator(), sketch(corpus(12)).function(function));

        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(0, 12));
        assertThat(outputText()).isEqualTo(outputOf(12));
    }

    @Test
    void whatHasFailedStaysSo() throws Exception {
        stopAfter(5, corpus(10), RecordedFunction.failingOn("item-2"));
        RecordedFunction function = RecordedFunction.answering();

        EvaluationReport report = run(evaluator(), sketch(corpus(10)).function(function));

        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(5, 10));
        assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_FAILURES);
        assertThat(report.progress().failed()).isEqualTo(1);
        assertThat(report.firstFailures())
                .containsExactly(new ItemFailure("item-2", 1, "java.lang.IllegalStateException: cannot do item-2"));
        assertThat(outputText())
                .contains("{\"id\":\"item-2\",\"status\":\"failed\",\"attempts\":1,"
                        + "\"error\":\"java.lang.IllegalStateException: cannot do item-2\"}\n");
    }

    @Test
    void aChangedCorpusIsRefused() throws Exception {
        List<EvaluationItem<String>> corpus = corpus(10);
        stopAfter(5, corpus);
        List<EvaluationItem<String>> reversed = new ArrayList<>(corpus);
        Collections.reverse(reversed);

        for (List<EvaluationItem<String>> changed : List.of(
                corpus(9),
                corpus(11),
                corpus(0),
                reversed,
                with(corpus, 8, new EvaluationItem<>("item-8", "another text")),
                with(corpus, 8, new EvaluationItem<>("item-x", "text 8")),
                with(corpus, 0, new EvaluationItem<>("item-0t", "ext 0")))) {
            assertRefused(sketch(changed), checkpoint().toString(), "corpus");
        }
    }

    @Test
    void anotherJobIdIsRefused() throws Exception {
        stopAfter(5, corpus(10));

        assertRefused(sketch(corpus(10)).id("another"), checkpoint().toString(), "another");
    }

    @Test
    void prioritiesAndEstimatesMayChange() throws Exception {
        stopAfter(5, corpus(10));

        EvaluationReport report = run(
                evaluator(),
                sketch(with(corpus(10), 8, new EvaluationItem<>("item-8", "text 8", 9, Duration.ofDays(1)))));

        assertThat(report.progress().resumed()).isEqualTo(5);
        assertThat(outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void aRefusedJobCanBeStartedWhenTheFaultIsMended() throws Exception {
        Files.writeString(checkpoint(), "no checkpoint\n");
        BatchEvaluator evaluator = evaluator();
        assertThatThrownBy(() -> evaluator.start(sketch(corpus(11)).job())).isInstanceOf(EvaluationException.class);

        Files.delete(checkpoint());

        run(evaluator, sketch(corpus(11)));
        assertThat(outputText()).isEqualTo(outputOf(11));
    }

    private static List<EvaluationItem<String>> with(
            List<EvaluationItem<String>> corpus, int index, EvaluationItem<String> item) {
        List<EvaluationItem<String>> changed = new ArrayList<>(corpus);
        changed.set(index, item);
        return changed;
    }
}
