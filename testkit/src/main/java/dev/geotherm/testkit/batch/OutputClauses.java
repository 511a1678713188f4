package dev.geotherm.testkit.batch;

import static dev.geotherm.testkit.batch.EvaluatorFixture.corpus;
import static dev.geotherm.testkit.batch.EvaluatorFixture.end;
import static dev.geotherm.testkit.batch.EvaluatorFixture.ids;
import static dev.geotherm.testkit.batch.EvaluatorFixture.outputOf;
import static dev.geotherm.testkit.batch.EvaluatorFixture.run;
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

/** The clauses about the output: it appears only when complete, and only one job at a time writes it. */
abstract class OutputClauses {
    private final EvaluatorFixture fixture;

    OutputClauses(EvaluatorFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void output_appearsOnlyWhenItIsComplete() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(new Tuning(1, 2, 0, 1)),
                fixture.job(corpus(50))
                        .function(RecordingFunction.after(
                                items -> assertThat(fixture.output()).doesNotExist())));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(fixture.outputText()).isEqualTo(outputOf(50));
    }

    @Test
    void checkpoint_isBesideTheOutputAndDeletedAtTheEnd() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(),
                fixture.job(corpus(50))
                        .function(RecordingFunction.after(
                                items -> assertThat(fixture.checkpoint()).exists())));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(fixture.fileNames()).containsExactly("results.jsonl");
    }

    @Test
    void start_afterCompletionEvaluatesAgainAndReplacesTheOutput() throws Exception {
        run(fixture.evaluator(), fixture.job(corpus(10)));
        RecordingFunction function = RecordingFunction.of(items -> {
            assertThat(fixture.outputText()).isEqualTo(outputOf(10));
            return items.stream().map(item -> item.input() + "?").toList();
        });

        EvaluationReport report = run(
                fixture.evaluator(new Tuning(4, 2, 0, 10)),
                fixture.job(corpus(10)).function(function));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(report.progress().resumed()).isZero();
        assertThat(fixture.outputText()).isEqualTo(outputOf(10).replace("!", "?"));
        assertThat(fixture.fileNames()).containsExactly("results.jsonl");
    }

    @Test
    void output_existingOneStaysWhenTheJobIsCancelled() throws Exception {
        Files.writeString(fixture.output(), "earlier");

        fixture.stopAfter(3, corpus(10));

        assertThat(fixture.outputText()).isEqualTo("earlier");
    }

    @Test
    void start_duplicateIdIsRefused() {
        List<EvaluationItem<String>> items = new ArrayList<>(corpus(10));
        items.add(new EvaluationItem<>("item-7", "something else"));

        fixture.assertRefused(fixture.job(items), "item-7");
    }

    @Test
    void start_outputOfARunningJobIsRefused() throws Exception {
        BatchEvaluator evaluator = fixture.evaluator();
        CountDownLatch goOn = new CountDownLatch(1);
        Evaluation first = evaluator.start(fixture.job(corpus(10))
                .function(RecordingFunction.after(items -> goOn.await()))
                .build());
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> evaluator.start(fixture.job(corpus(10)).build()))
                    .withMessageContaining(fixture.output().toString());
            assertThatIllegalStateException()
                    .isThrownBy(() -> evaluator.start(new JobBuilder(
                                    corpus(10),
                                    fixture.folder()
                                            .resolve("../" + fixture.folder().getFileName() + "/results.jsonl"))
                            .build()));
            fixture.assertRefused(fixture.job(corpus(10)), fixture.output().toString());
            EvaluationReport other =
                    run(evaluator, new JobBuilder(corpus(3), fixture.folder().resolve("other.jsonl")));
            assertThat(other.status()).isEqualTo(Status.COMPLETED);
            assertThat(evaluator.metrics().runningJobs()).isEqualTo(1);
        } finally {
            goOn.countDown();
        }
        assertThat(end(first).status()).isEqualTo(Status.COMPLETED);
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
        assertThat(run(evaluator, fixture.job(corpus(10))).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void start_unwritableOutputIsRefused() throws Exception {
        Path missing = fixture.folder().resolve("missing");
        Path file = Files.writeString(fixture.folder().resolve("file"), "a file, not a folder");
        Path taken = Files.createDirectories(fixture.folder().resolve("taken.jsonl"));
        Path blocked = fixture.folder().resolve("blocked.jsonl");
        Files.createSymbolicLink(fixture.folder().resolve("blocked.jsonl.checkpoint"), missing.resolve("checkpoint"));

        fixture.assertRefused(new JobBuilder(corpus(3), missing.resolve("results.jsonl")), missing.toString());
        fixture.assertRefused(new JobBuilder(corpus(3), file.resolve("results.jsonl")), file.toString());
        fixture.assertRefused(new JobBuilder(corpus(3), taken), taken.toString());
        fixture.assertRefused(new JobBuilder(corpus(3), blocked), "blocked.jsonl.checkpoint");
    }

    @Test
    void output_ofALinkIsTheFileThatItLeadsTo() throws Exception {
        Path real = Files.createDirectories(fixture.folder().resolve("real")).resolve("results.jsonl");
        Files.writeString(real, "earlier");
        Files.createSymbolicLink(fixture.output(), real);
        BatchEvaluator evaluator = fixture.evaluator();
        CountDownLatch goOn = new CountDownLatch(1);
        Evaluation running = evaluator.start(new JobBuilder(corpus(10), real)
                .function(RecordingFunction.after(items -> goOn.await()))
                .build());
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> evaluator.start(fixture.job(corpus(10)).build()));
        } finally {
            goOn.countDown();
        }
        end(running);
        Files.writeString(real, "earlier");

        run(evaluator, fixture.job(corpus(10)));

        assertThat(fixture.output()).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo(outputOf(10));
        assertThat(fixture.fileNames()).containsExactly("real", "real/results.jsonl", "results.jsonl");
    }

    @Test
    void output_thatCannotBePutInPlaceFailsTheJobAndLosesNothing() throws Exception {
        Path obstacle = fixture.output().resolve("something");

        EvaluationReport report = run(
                fixture.evaluator(new Tuning(10, 1, 0, 10)),
                fixture.job(corpus(10)).function(RecordingFunction.after(items -> Files.createDirectories(obstacle))));

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.error().orElseThrow()).contains(fixture.output().toString());
        assertThat(report.progress().done()).isEqualTo(10);

        Files.delete(obstacle);
        Files.delete(fixture.output());
        RecordingFunction function = RecordingFunction.answering();
        assertThat(run(fixture.evaluator(), fixture.job(corpus(10)).function(function))
                        .status())
                .isEqualTo(Status.COMPLETED);
        assertThat(function.evaluated()).isEmpty();
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void outOfMemory_stopsTheJobAndLosesNothing() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(Tuning.ONE_BY_ONE),
                fixture.job(corpus(10)).function(RecordingFunction.after(items -> {
                    if (items.get(0).id().equals("item-4")) {
                        throw new OutOfMemoryError("simulated by a test");
                    }
                })));

        assertThat(report.status()).isEqualTo(Status.FAILED);
        assertThat(report.error().orElseThrow()).contains("OutOfMemoryError");
        assertThat(fixture.output()).doesNotExist();
        RecordingFunction function = RecordingFunction.answering();
        run(fixture.evaluator(), fixture.job(corpus(10)).function(function));
        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(4, 10));
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
    }
}
