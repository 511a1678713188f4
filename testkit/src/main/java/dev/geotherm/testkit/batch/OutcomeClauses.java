package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every item gets exactly one outcome, in the corpus' order, whatever the mode. */
abstract class OutcomeClauses extends EvaluatorClauses {

    OutcomeClauses(BatchEvaluatorContract contract) {
        super(contract);
    }

    @Test
    void theOutputHasALineForEachItemInTheCorpusOrderInEveryMode() throws Exception {
        for (EvaluationMode mode : EvaluationMode.values()) {
            RecordedFunction function = RecordedFunction.answering();

            EvaluationReport report =
                    run(evaluator(), sketch(corpus(103)).mode(mode).function(function));

            assertThat(report.status()).as("%s", mode).isEqualTo(Status.COMPLETED);
            assertThat(report.id()).isEqualTo("job");
            assertThat(report.error()).isEmpty();
            assertThat(outputText()).as("%s", mode).isEqualTo(outputOf(103));
            assertThat(function.evaluated()).as("%s", mode).containsExactlyInAnyOrderElementsOf(ids(0, 103));
        }
    }

    @Test
    void theSizeOfBatchesDoesNotShowInTheOutput() throws Exception {
        for (int size : new int[] {1, 3, 7, 100}) {
            RecordedFunction function = RecordedFunction.failingOn("item-5", "item-19");

            run(evaluator(new Tuning(size, 2, 2, 10)), sketch(corpus(20)).function(function));

            String failed = "{\"id\":\"item-%1$d\",\"status\":\"failed\",\"attempts\":3,"
                    + "\"error\":\"java.lang.IllegalStateException: cannot do item-%1$d\"}\n";
            String ok = "{\"id\":\"item-%1$d\",\"status\":\"ok\",\"value\":\"text %1$d!\"}\n";
            assertThat(outputText())
                    .as("batches of %s", size)
                    .isEqualTo(outputOf(20)
                            .replace(ok.formatted(5), failed.formatted(5))
                            .replace(ok.formatted(19), failed.formatted(19)));
        }
    }

    @Test
    void batchesAreNotEmptyAndNotLargerThanSaid() throws Exception {
        for (EvaluationMode mode : EvaluationMode.values()) {
            RecordedFunction function = RecordedFunction.answering();

            run(evaluator(), sketch(corpus(50)).mode(mode).function(function));

            assertThat(function.calls)
                    .as("%s", mode)
                    .allSatisfy(ids -> assertThat(ids).hasSizeBetween(1, Tuning.SMALL.batchSize()));
        }
    }

    @Test
    void aBatchCannotBeChangedByItsFunction() throws Exception {
        EvaluationReport report = run(evaluator(), sketch(corpus(10)).function(RecordedFunction.after(items -> {
            try {
                items.remove(0);
            } catch (UnsupportedOperationException immutable) {
                return;
            }
            throw new AssertionError("an item was removed");
        })));

        assertThat(report.firstFailures()).isEmpty();
        assertThat(outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void aCorpusWithoutItemsCompletes() throws Exception {
        for (EvaluationMode mode : EvaluationMode.values()) {
            EvaluationReport report = run(evaluator(), sketch(List.of()).mode(mode));

            assertThat(report.status()).as("%s", mode).isEqualTo(Status.COMPLETED);
            assertThat(report.progress().fraction()).isEqualTo(1);
            assertThat(report.batches()).isZero();
            assertThat(outputText()).isEmpty();
        }
    }

    @Test
    void everyTextSurvives() throws Exception {
        List<String> texts =
                List.of("", " ", "\"\\/", "a\nb\r\u2028\u0000", "äß 日本語", "😀", "\ud83d", "\ude00x", "</script>");
        List<EvaluationItem<String>> items = new ArrayList<>();
        for (String text : texts) {
            items.add(new EvaluationItem<>("id " + text, text));
        }

        run(evaluator(), sketch(items));

        String[] lines = outputText().split("\n");
        assertThat(lines).hasSameSizeAs(texts);
        for (int i = 0; i < lines.length; i++) {
            JsonNode line = json(lines[i]);
            assertThat(line.get("id").textValue()).isEqualTo("id " + texts.get(i));
            assertThat(line.get("value").textValue()).isEqualTo(texts.get(i) + "!");
        }
    }

    @Test
    void valuesAreWrittenAsTheCodecReturnsThem() throws Exception {
        ObjectMapper json = new ObjectMapper();

        run(
                evaluator(),
                sketch(corpus(2))
                        .codec(text -> json.createObjectNode()
                                .put("z", 1.50)
                                .put("a", text)
                                .putNull("n")));

        assertThat(outputText())
                .startsWith(
                        "{\"id\":\"item-0\",\"status\":\"ok\",\"value\":{\"z\":1.5,\"a\":\"text 0!\",\"n\":null}}\n");
    }

    @Test
    void sequentialModeUsesOneThreadInTheCorpusOrder() throws Exception {
        Company company = new Company();
        RecordedFunction function = RecordedFunction.after(items -> company.expect());

        run(evaluator(), sketch(corpus(50)).mode(EvaluationMode.SEQUENTIAL).function(function));

        assertThat(function.evaluated()).isEqualTo(ids(0, 50));
        assertThat(function.threads).hasSize(1);
    }

    @Test
    void parallelModesEvaluateSeveralBatchesAtOnce() throws Exception {
        for (EvaluationMode mode : List.of(EvaluationMode.PARALLEL, EvaluationMode.PRIORITY)) {
            CyclicBarrier both = new CyclicBarrier(2);

            EvaluationReport report = run(
                    evaluator(new Tuning(5, 2, 0, 10)),
                    sketch(corpus(20))
                            .mode(mode)
                            .function(
                                    RecordedFunction.after(items -> both.await(LIMIT.toSeconds(), TimeUnit.SECONDS))));

            assertThat(report.status()).as("%s", mode).isEqualTo(Status.COMPLETED);
        }
    }

    @Test
    void priorityModeTakesTheHigherFirstAndOfTheseTheShorter() throws Exception {
        RecordedFunction function = RecordedFunction.answering();
        List<EvaluationItem<String>> items = List.of(
                new EvaluationItem<>("low", "a", -1, Duration.ZERO),
                new EvaluationItem<>("long", "b", 7, Duration.ofHours(2)),
                new EvaluationItem<>("short", "c", 7, Duration.ofSeconds(1)),
                new EvaluationItem<>("middle", "d"),
                new EvaluationItem<>("also-middle", "e"));

        run(
                evaluator(Tuning.ONE_BY_ONE),
                sketch(items).mode(EvaluationMode.PRIORITY).function(function));

        assertThat(function.evaluated()).containsExactly("short", "long", "middle", "also-middle", "low");
        assertThat(outputText().lines().map(line -> json(line).get("id").textValue()))
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
