package dev.geotherm.testkit.batch;

import static dev.geotherm.testkit.batch.EvaluatorFixture.corpus;
import static dev.geotherm.testkit.batch.EvaluatorFixture.ids;
import static dev.geotherm.testkit.batch.EvaluatorFixture.outputOf;
import static dev.geotherm.testkit.batch.EvaluatorFixture.run;
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

/** The clauses about resumption: a job continues where it stopped, provided that it is still the same job. */
abstract class ResumeClauses {
    private final EvaluatorFixture fixture;

    ResumeClauses(EvaluatorFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void resume_evaluatesOnlyWhatIsMissingInEveryMode() throws Exception {
        for (EvaluationMode mode : EvaluationMode.values()) {
            fixture.stopAfter(7, corpus(30));
            RecordingFunction function = RecordingFunction.answering();

            EvaluationReport report =
                    run(fixture.evaluator(), fixture.job(corpus(30)).mode(mode).function(function));

            assertThat(function.evaluated()).as("%s", mode).containsExactlyInAnyOrderElementsOf(ids(7, 30));
            assertThat(report.status()).isEqualTo(Status.COMPLETED);
            assertThat(report.progress().resumed()).isEqualTo(7);
            assertThat(report.progress().done()).isEqualTo(30);
            assertThat(fixture.outputText()).as("%s", mode).isEqualTo(outputOf(30));
        }
    }

    @Test
    void resume_worksManyTimes() throws Exception {
        RecordingFunction function = RecordingFunction.answering();
        for (int i = 2; i < 12; i += 3) {
            assertThat(fixture.stopAfter(i, corpus(12), function).status()).isEqualTo(Status.CANCELLED);
        }

        run(fixture.evaluator(), fixture.job(corpus(12)).function(function));

        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(0, 12));
        assertThat(fixture.outputText()).isEqualTo(outputOf(12));
    }

    @Test
    void resume_keepsFailures() throws Exception {
        fixture.stopAfter(5, corpus(10), RecordingFunction.failingOn("item-2"));
        RecordingFunction function = RecordingFunction.answering();

        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(10)).function(function));

        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(5, 10));
        assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_FAILURES);
        assertThat(report.progress().failed()).isEqualTo(1);
        assertThat(report.firstFailures())
                .containsExactly(new ItemFailure("item-2", 1, "java.lang.IllegalStateException: cannot do item-2"));
        assertThat(fixture.outputText())
                .contains("{\"id\":\"item-2\",\"status\":\"failed\",\"attempts\":1,"
                        + "\"error\":\"java.lang.IllegalStateException: cannot do item-2\"}\n");
    }

    @Test
    void resume_keptCheckpointEvaluatesNothingAgain() throws Exception {
        RecordingFunction function = RecordingFunction.answering();
        run(fixture.evaluator(), fixture.job(corpus(10)).function(function).keepingCheckpoint());
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
        assertThat(fixture.checkpoint()).exists();
        Files.delete(fixture.output());

        EvaluationReport again =
                run(fixture.evaluator(), fixture.job(corpus(10)).function(function));

        assertThat(function.evaluated()).hasSize(10);
        assertThat(again.progress().resumed()).isEqualTo(10);
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
        assertThat(fixture.checkpoint()).doesNotExist();
    }

    @Test
    void resume_changedCorpusIsRefused() throws Exception {
        List<EvaluationItem<String>> corpus = corpus(10);
        fixture.stopAfter(5, corpus);
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
            fixture.assertRefused(fixture.job(changed), fixture.checkpoint().toString(), "corpus");
        }
    }

    @Test
    void resume_anotherJobIdIsRefused() throws Exception {
        fixture.stopAfter(5, corpus(10));

        fixture.assertRefused(
                fixture.job(corpus(10)).id("another"), fixture.checkpoint().toString(), "another");
    }

    @Test
    void resume_acceptsChangedPrioritiesAndEstimates() throws Exception {
        fixture.stopAfter(5, corpus(10));

        EvaluationReport report = run(
                fixture.evaluator(),
                fixture.job(with(corpus(10), 8, new EvaluationItem<>("item-8", "text 8", 9, Duration.ofDays(1)))));

        assertThat(report.progress().resumed()).isEqualTo(5);
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void start_afterARefusalSucceedsOnceTheFaultIsFixed() throws Exception {
        Files.writeString(fixture.checkpoint(), "no checkpoint\n");
        BatchEvaluator evaluator = fixture.evaluator();
        assertThatThrownBy(() -> evaluator.start(fixture.job(corpus(11)).build()))
                .isInstanceOf(EvaluationException.class);

        Files.delete(fixture.checkpoint());

        run(evaluator, fixture.job(corpus(11)));
        assertThat(fixture.outputText()).isEqualTo(outputOf(11));
    }

    private static List<EvaluationItem<String>> with(
            List<EvaluationItem<String>> corpus, int index, EvaluationItem<String> item) {
        List<EvaluationItem<String>> changed = new ArrayList<>(corpus);
        changed.set(index, item);
        return changed;
    }
}
