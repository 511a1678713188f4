package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The output appears when it is complete, belongs to one job at a time, and what cannot be written is told. */
abstract class OutputClauses extends EvaluatorClauses {

    OutputClauses(BatchEvaluatorContract contract) {
        super(contract);
    }

    @Test
    void theOutputAppearsOnlyWhenItIsComplete() throws Exception {
        EvaluationReport report = run(
                evaluator(new Tuning(1, 2, 0, 1)),
                sketch(corpus(50))
                        .function(RecordedFunction.after(
                                items -> assertThat(output()).doesNotExist())));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(outputText()).isEqualTo(outputOf(50));
    }

    @Test
    void theCheckpointLiesBesideTheOutputAndIsRemovedAtTheEnd() throws Exception {
        EvaluationReport report = run(
                evaluator(),
                sketch(corpus(50))
                        .function(RecordedFunction.after(
                                items -> assertThat(checkpoint()).exists())));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(fileNames()).containsExactly("results.jsonl");
    }

    @Test
    void aJobThatCompletedEvaluatesAgainAndReplacesItsOutput() throws Exception {
        run(evaluator(), sketch(corpus(10)));
        RecordedFunction function = RecordedFunction.of(items -> {
            assertThat(outputText()).isEqualTo(outputOf(10));
            return items.stream().map(item -> item.input() + "?").toList();
        });

        EvaluationReport report =
                run(evaluator(new Tuning(4, 2, 0, 10)), sketch(corpus(10)).function(function));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(report.progress().resumed()).isZero();
        assertThat(outputText()).isEqualTo(outputOf(10).replace("!", "?"));
        assertThat(fileNames()).containsExactly("results.jsonl");
    }

    @Test
    void anOutputThatWasThereStaysWhenTheJobIsCancelled() throws Exception {
        Files.writeString(output(), "earlier");

        stopAfter(3, corpus(10));

        assertThat(outputText()).isEqualTo("earlier");
    }

    @Test
    void anIdThatIsThereTwiceIsRefused() {
        List<EvaluationItem<String>> items = new ArrayList<>(corpus(10));
        items.add(new EvaluationItem<>("item-7", "something else"));

        assertRefused(sketch(items), "item-7");
    }

    @Test
    void theSameOutputIsRefusedWhileAJobWritesIt() throws Exception {
        BatchEvaluator evaluator = evaluator();
        CountDownLatch goOn = new CountDownLatch(1);
        Evaluation first = evaluator.start(sketch(corpus(10))
                .function(RecordedFunction.after(items -> goOn.await()))
                .job());
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> evaluator.start(sketch(corpus(10)).job()))
                    .withMessageContaining(output().toString());
            assertThatIllegalStateException()
                    .isThrownBy(() -> evaluator.start(
                            new JobSketch(corpus(10), folder.resolve("../" + folder.getFileName() + "/results.jsonl"))
                                    .job()));
            assertRefused(sketch(corpus(10)), output().toString());
            EvaluationReport other = run(evaluator, new JobSketch(corpus(3), folder.resolve("other.jsonl")));
            assertThat(other.status()).isEqualTo(Status.COMPLETED);
            assertThat(evaluator.metrics().running()).isEqualTo(1);
        } finally {
            goOn.countDown();
        }
        assertThat(end(first).status()).isEqualTo(Status.COMPLETED);
        assertThat(outputText()).isEqualTo(outputOf(10));
        assertThat(run(evaluator, sketch(corpus(10))).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void anOutputThatCannotBeWrittenIsRefused() throws Exception {
        Path missing = folder.resolve("missing");
        Path file = Files.writeString(folder.resolve("file"), "I am no folder");
        Path taken = Files.createDirectories(folder.resolve("taken.jsonl"));
        Path blocked = folder.resolve("blocked.jsonl");
        Files.createDirectories(folder.resolve("blocked.jsonl.checkpoint"));

        assertRefused(new JobSketch(corpus(3), missing.resolve("results.jsonl")), missing.toString());
        assertRefused(new JobSketch(corpus(3), file.resolve("results.jsonl")), file.toString());
        assertRefused(new JobSketch(corpus(3), taken), taken.toString());
        assertRefused(new JobSketch(corpus(3), blocked), "blocked.jsonl.checkpoint");
    }

    @Test
    void anOutputThatCannotBePutInPlaceFailsTheJobAndLosesNothing() throws Exception {
        Path obstacle = output().resolve("something");

        EvaluationReport report = run(
                evaluator(new Tuning(10, 1, 0, 10)),
                sketch(corpus(10)).function(RecordedFunction.after(items -> Files.createDirectories(obstacle))));

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.error().orElseThrow()).contains(output().toString());
        assertThat(report.progress().done()).isEqualTo(10);

        Files.delete(obstacle);
        Files.delete(output());
        RecordedFunction function = RecordedFunction.answering();
        assertThat(run(evaluator(), sketch(corpus(10)).function(function)).status())
                .isEqualTo(Status.COMPLETED);
        assertThat(function.evaluated()).isEmpty();
        assertThat(outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void runningOutOfMemoryStopsTheJobAndLosesNothing() throws Exception {
        EvaluationReport report =
                run(evaluator(Tuning.ONE_BY_ONE), sketch(corpus(10)).function(RecordedFunction.after(items -> {
                    if (items.get(0).id().equals("item-4")) {
                        throw new OutOfMemoryError("not really, a test");
                    }
                })));

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.error().orElseThrow()).contains("OutOfMemoryError");
        assertThat(output()).doesNotExist();
        RecordedFunction function = RecordedFunction.answering();
        run(evaluator(), sketch(corpus(10)).function(function));
        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(4, 10));
        assertThat(outputText()).isEqualTo(outputOf(10));
    }
}
