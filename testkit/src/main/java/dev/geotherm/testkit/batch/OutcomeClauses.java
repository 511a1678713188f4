package dev.geotherm.testkit.batch;

import static dev.geotherm.testkit.batch.EvaluatorFixture.corpus;
import static dev.geotherm.testkit.batch.EvaluatorFixture.ids;
import static dev.geotherm.testkit.batch.EvaluatorFixture.outputOf;
import static dev.geotherm.testkit.batch.EvaluatorFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The clauses about outcomes: in every mode, each item has exactly one, in corpus order. */
abstract class OutcomeClauses {
    private final EvaluatorFixture fixture;

    OutcomeClauses(EvaluatorFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void output_hasOneLinePerItemInCorpusOrderInEveryMode() throws Exception {
        for (EvaluationMode mode : EvaluationMode.values()) {
            RecordingFunction function = RecordingFunction.answering();

            EvaluationReport report =
                    run(fixture.evaluator(), fixture.job(corpus(103)).mode(mode).function(function));

            assertThat(report.status()).as("%s", mode).isEqualTo(Status.COMPLETED);
            assertThat(report.id()).isEqualTo("job");
            assertThat(report.error()).isEmpty();
            assertThat(fixture.outputText()).as("%s", mode).isEqualTo(outputOf(103));
            assertThat(function.evaluated()).as("%s", mode).containsExactlyInAnyOrderElementsOf(ids(0, 103));
        }
    }

    @Test
    void output_doesNotDependOnTheBatchSize() throws Exception {
        for (int size : new int[] {1, 3, 7, 100}) {
            RecordingFunction function = RecordingFunction.failingOn("item-5", "item-19");

            run(
                    fixture.evaluator(new Tuning(size, 2, 2, 10)),
                    fixture.job(corpus(20)).function(function));

            String failed = "{\"id\":\"item-%1$d\",\"status\":\"failed\",\"attempts\":3,"
                    + "\"error\":\"java.lang.IllegalStateException: cannot do item-%1$d\"}\n";
            String ok = "{\"id\":\"item-%1$d\",\"status\":\"ok\",\"value\":\"text %1$d!\"}\n";
            assertThat(fixture.outputText())
                    .as("batches of %s", size)
                    .isEqualTo(outputOf(20)
                            .replace(ok.formatted(5), failed.formatted(5))
                            .replace(ok.formatted(19), failed.formatted(19)));
        }
    }

    @Test
    void evaluate_receivesNoEmptyAndNoTooLargeBatch() throws Exception {
        for (EvaluationMode mode : EvaluationMode.values()) {
            RecordingFunction function = RecordingFunction.answering();

            run(fixture.evaluator(), fixture.job(corpus(50)).mode(mode).function(function));

            assertThat(function.calls)
                    .as("%s", mode)
                    .allSatisfy(ids -> assertThat(ids).hasSizeBetween(1, Tuning.SMALL.batchSize()));
        }
    }

    @Test
    void evaluate_receivesAnImmutableBatch() throws Exception {
        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(10)).function(RecordingFunction.after(items -> {
                    try {
                        items.remove(0);
                    } catch (UnsupportedOperationException immutable) {
                        return;
                    }
                    throw new AssertionError("an item was removed");
                })));

        assertThat(report.firstFailures()).isEmpty();
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void start_emptyCorpusCompletes() throws Exception {
        for (EvaluationMode mode : EvaluationMode.values()) {
            EvaluationReport report =
                    run(fixture.evaluator(), fixture.job(List.of()).mode(mode));

            assertThat(report.status()).as("%s", mode).isEqualTo(Status.COMPLETED);
            assertThat(report.progress().fraction()).isEqualTo(1);
            assertThat(report.batches()).isZero();
            assertThat(fixture.outputText()).isEmpty();
        }
    }

    @Test
    void output_preservesEveryText() throws Exception {
        List<String> texts =
                List.of("", " ", "\"\\/", "a\nb\r\u2028\u0000", "äß 日本語", "😀", "\ud83d", "\ude00x", "</script>");
        List<EvaluationItem<String>> items = new ArrayList<>();
        for (String text : texts) {
            items.add(new EvaluationItem<>("id " + text, text));
        }

        run(fixture.evaluator(), fixture.job(items));

        String[] lines = fixture.outputText().split("\n");
        assertThat(lines).hasSameSizeAs(texts);
        for (int i = 0; i < lines.length; i++) {
            JsonNode line = json(lines[i]);
            assertThat(line.get("id").textValue()).isEqualTo("id " + texts.get(i));
            assertThat(line.get("value").textValue()).isEqualTo(texts.get(i) + "!");
        }
    }

    @Test
    void output_containsTheJsonOfTheSerializer() throws Exception {
        ObjectMapper json = new ObjectMapper();

        run(
                fixture.evaluator(),
                fixture.job(corpus(2))
                        .serializer(text -> json.createObjectNode()
                                .put("z", 1.50)
                                .put("a", text)
                                .putNull("n")));

        assertThat(fixture.outputText())
                .startsWith(
                        "{\"id\":\"item-0\",\"status\":\"ok\",\"value\":{\"z\":1.5,\"a\":\"text 0!\",\"n\":null}}\n");
    }

    @Test
    void mode_sequentialUsesOneThreadInCorpusOrder() throws Exception {
        OverlapProbe probe = new OverlapProbe();
        RecordingFunction function = RecordingFunction.after(items -> probe.enter());

        run(
                fixture.evaluator(),
                fixture.job(corpus(50)).mode(EvaluationMode.SEQUENTIAL).function(function));

        assertThat(function.evaluated()).isEqualTo(ids(0, 50));
        assertThat(function.threads).hasSize(1);
    }

    @Test
    void mode_parallelEvaluatesSeveralBatchesAtOnce() throws Exception {
        boolean several = fixture.can(EvaluatorCapability.SEVERAL_WORKERS);
        for (EvaluationMode mode : List.of(EvaluationMode.PARALLEL, EvaluationMode.PRIORITY)) {
            OverlapProbe probe = new OverlapProbe();
            CyclicBarrier both = new CyclicBarrier(2);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();

            EvaluationReport report = run(
                    fixture.evaluator(new Tuning(5, 2, 0, 10)),
                    fixture.job(corpus(20)).mode(mode).function(RecordingFunction.after(items -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        if (several) {
                            both.await(Patience.limit().toMillis(), TimeUnit.MILLISECONDS);
                        } else {
                            probe.enter();
                        }
                        inside.decrementAndGet();
                    })));

            assertThat(report.status()).as("%s", mode).isEqualTo(Status.COMPLETED);
            assertThat(most).as("most batches at once in mode %s", mode).hasValue(several ? 2 : 1);
        }
    }

    @Test
    void mode_priorityTakesHigherPriorityThenShorterEstimateFirst() throws Exception {
        RecordingFunction function = RecordingFunction.answering();
        List<EvaluationItem<String>> items = List.of(
                new EvaluationItem<>("low", "a", -1, Duration.ZERO),
                new EvaluationItem<>("long", "b", 7, Duration.ofHours(2)),
                new EvaluationItem<>("short", "c", 7, Duration.ofSeconds(1)),
                new EvaluationItem<>("middle", "d"),
                new EvaluationItem<>("also-middle", "e"));

        run(
                fixture.evaluator(Tuning.ONE_BY_ONE),
                fixture.job(items).mode(EvaluationMode.PRIORITY).function(function));

        assertThat(function.evaluated()).containsExactly("short", "long", "middle", "also-middle", "low");
        assertThat(fixture.outputText().lines().map(line -> json(line).get("id").textValue()))
                .containsExactly("low", "long", "short", "middle", "also-middle");
    }

    static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
