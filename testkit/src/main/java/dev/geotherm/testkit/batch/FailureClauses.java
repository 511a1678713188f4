package dev.geotherm.testkit.batch;

import static dev.geotherm.testkit.batch.EvaluatorFixture.corpus;
import static dev.geotherm.testkit.batch.EvaluatorFixture.outputOf;
import static dev.geotherm.testkit.batch.EvaluatorFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.api.batch.ItemFailure;
import dev.geotherm.api.batch.ItemResult;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The clauses about failures: an item has failed only if it fails on its own. */
abstract class FailureClauses {
    private final EvaluatorFixture fixture;

    FailureClauses(EvaluatorFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void failure_doesNotAffectTheOtherItemsOfTheBatch() throws Exception {
        RecordingFunction function = RecordingFunction.failingOn("item-1");

        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(3)).function(function));

        assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_FAILURES);
        assertThat(report.firstFailures())
                .containsExactly(new ItemFailure("item-1", 2, "java.lang.IllegalStateException: cannot do item-1"));
        assertThat(report.progress().failed()).isEqualTo(1);
        assertThat(report.progress().done()).isEqualTo(3);
        assertThat(fixture.outputText().lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("\"id\":\"item-2\",\"status\":\"ok\""));
    }

    @Test
    void failure_ofABatchEvaluatesItsItemsOneByOne() throws Exception {
        RecordingFunction function = RecordingFunction.failingOn("item-1");

        EvaluationReport report = run(
                fixture.evaluator(new Tuning(3, 1, 2, 10)),
                fixture.job(corpus(3)).function(function));

        assertThat(function.calls)
                .containsExactlyInAnyOrder(
                        List.of("item-0", "item-1", "item-2"),
                        List.of("item-0"),
                        List.of("item-1"),
                        List.of("item-1"),
                        List.of("item-1"),
                        List.of("item-2"));
        assertThat(report.batches()).isEqualTo(1);
        assertThat(report.retries()).isEqualTo(5);
    }

    @Test
    void failure_ofOneItemEvaluatesOnlyThatItemAgain() throws Exception {
        BatchFunction<String, String> function = BatchFunction.itemwise(items -> items.stream()
                .map(item -> item.id().equals("item-1")
                        ? ItemResult.<String>failed(new IllegalStateException("cannot do item-1"))
                        : ItemResult.of(item.input() + "!"))
                .toList());
        RecordingFunction recording = RecordingFunction.of(function);

        EvaluationReport report = run(
                fixture.evaluator(new Tuning(3, 1, 2, 10)),
                fixture.job(corpus(3)).function(recording));

        assertThat(recording.calls)
                .containsExactly(List.of("item-0", "item-1", "item-2"), List.of("item-1"), List.of("item-1"));
        assertThat(report.firstFailures())
                .containsExactly(new ItemFailure("item-1", 3, "java.lang.IllegalStateException: cannot do item-1"));
        assertThat(report.retries()).isEqualTo(2);
    }

    @Test
    void failure_withoutRetriesDoesNotAffectTheOtherItemsEither() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(new Tuning(5, 1, 0, 10)),
                fixture.job(corpus(5)).function(RecordingFunction.failingOn("item-4")));

        assertThat(report.firstFailures())
                .containsExactly(new ItemFailure("item-4", 1, "java.lang.IllegalStateException: cannot do item-4"));
    }

    @Test
    void failure_isRetried() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();

        EvaluationReport report = run(
                fixture.evaluator(new Tuning(1, 2, 1, 10)),
                fixture.job(corpus(10)).function(RecordingFunction.after(items -> {
                    if (seen.add(items.get(0).id())) {
                        throw new IllegalStateException("the first time it fails");
                    }
                })));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(report.retries()).isEqualTo(10);
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void results_notOnePerItemAreAFailure() throws Exception {
        BatchFunction<String, String> none = items -> List.of();
        BatchFunction<String, String> tooMany =
                items -> Stream.concat(RecordingFunction.answer(items).stream(), Stream.of("more"))
                        .toList();
        for (BatchFunction<String, String> wrong : List.of(none, tooMany)) {
            assertEveryItemFails(wrong);
        }
    }

    @Test
    void results_notOnePerItemEvaluateTheItemsOneByOne() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(new Tuning(5, 1, 0, 10)),
                fixture.job(corpus(5))
                        .function(items -> RecordingFunction.answer(items).subList(0, Math.min(items.size(), 4))));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(fixture.outputText()).isEqualTo(outputOf(5));
    }

    @Test
    @SuppressWarnings("NullAway") // a function without null checks may return this
    void results_nullIsAFailure() throws Exception {
        assertEveryItemFails(items -> null);
        assertEveryItemFails(items -> Arrays.asList(new String[items.size()]));
    }

    @Test
    void serializer_exceptionFailsItsItem() throws Exception {
        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(8)).serializer(text -> {
                    if (text.equals("text 3!")) {
                        throw new IllegalArgumentException("no JSON for it");
                    }
                    return TextNode.valueOf(text);
                }));

        assertThat(report.firstFailures()).extracting(ItemFailure::item).containsExactly("item-3");
        assertThat(report.firstFailures())
                .extracting(ItemFailure::error)
                .containsExactly("java.lang.IllegalArgumentException: no JSON for it");
    }

    @Test
    @SuppressWarnings("NullAway") // a serializer without null checks may return this
    void serializer_nullFailsItsItem() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(),
                fixture.job(corpus(8)).serializer(text -> text.equals("text 3!") ? null : TextNode.valueOf(text)));

        assertThat(report.firstFailures()).extracting(ItemFailure::item).containsExactly("item-3");
    }

    @Test
    void failure_byAnErrorFailsItsItem() throws Exception {
        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(8)).function(RecordingFunction.after(items -> {
                    if (items.stream().anyMatch(item -> item.id().equals("item-6"))) {
                        throw new StackOverflowError();
                    }
                })));

        assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_FAILURES);
        assertThat(report.firstFailures()).extracting(ItemFailure::item).containsExactly("item-6");
    }

    @Test
    void evaluate_mayLeaveItsThreadInterrupted() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(),
                fixture.job(corpus(40))
                        .function(RecordingFunction.after(
                                items -> Thread.currentThread().interrupt())));

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(fixture.outputText()).isEqualTo(outputOf(40));
    }

    @Test
    void report_hasTheFirstHundredFailuresAndTheOutputAll() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(new Tuning(10, 2, 0, 50)),
                fixture.job(corpus(130)).function(items -> {
                    throw new IllegalStateException("never");
                }));

        assertThat(report.firstFailures()).hasSize(100);
        assertThat(report.progress().failed()).isEqualTo(130);
        assertThat(fixture.outputText().lines().filter(line -> line.contains("\"status\":\"failed\"")))
                .hasSize(130);
    }

    private void assertEveryItemFails(BatchFunction<String, String> function) throws Exception {
        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(6)).function(function));

        assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_FAILURES);
        assertThat(report.progress().failed()).isEqualTo(6);
        assertThat(report.firstFailures())
                .allSatisfy(failure -> assertThat(failure.error()).isNotBlank());
    }
}
