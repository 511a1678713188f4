package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.testkit.ThreadsLeft;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Cancelling stops soon and keeps what was evaluated; closing cancels everything. */
abstract class CancelClauses extends EvaluatorClauses {

    CancelClauses(BatchEvaluatorContract contract) {
        super(contract);
    }

    @Test
    void cancellingBeginsNoOtherBatch() throws Exception {
        RecordedFunction function = RecordedFunction.answering();

        EvaluationReport report = stopAfter(6, corpus(1000), function);

        assertThat(report.status()).isEqualTo(Status.CANCELLED);
        assertThat(function.evaluated()).isEqualTo(ids(0, 6));
        assertThat(output()).doesNotExist();
    }

    @Test
    void theBatchThatRunsIsFinishedAndKept() throws Exception {
        EvaluationReport report = stopAfter(6, corpus(10));

        assertThat(report.progress().done()).isEqualTo(6);
        assertThat(report.checkpoints()).isPositive();
        RecordedFunction function = RecordedFunction.answering();
        run(evaluator(), sketch(corpus(10)).function(function));
        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(6, 10));
    }

    @Test
    void cancellingTwiceOrAfterTheEndDoesNothing() throws Exception {
        BatchEvaluator evaluator = evaluator();
        Evaluation evaluation = evaluator.start(sketch(corpus(10)).job());
        EvaluationReport report = end(evaluation);

        evaluation.cancel();
        evaluation.cancel();

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(evaluation.await()).isEqualTo(report);
        assertThat(outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void closingCancelsWaitsAndLeavesNoThread() throws Exception {
        BatchEvaluator evaluator = evaluator(Tuning.ONE_BY_ONE);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Evaluation evaluation = evaluator.start(sketch(corpus(1000))
                .function(RecordedFunction.after(items -> {
                    reached.countDown();
                    goOn.await();
                }))
                .job());
        assertThat(reached.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(ThreadsLeft.of(instance)).isNotEmpty().allMatch(Thread::isDaemon);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(evaluator::close, BESIDE);
        assertThatThrownBy(() -> closing.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        goOn.countDown();
        closing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        ThreadsLeft.assertNone(instance);
        EvaluationReport report = evaluation.await();
        assertThat(report.status()).isEqualTo(Status.CANCELLED);
        assertThat(checkpoint()).exists();
        RecordedFunction rest = RecordedFunction.answering();
        run(evaluator(), sketch(corpus(1000)).function(rest));
        assertThat(rest.evaluated()).hasSize(1000 - report.progress().done());
        assertThat(outputText()).isEqualTo(outputOf(1000));
    }

    @Test
    void closingFromWithinAJobDoesNotHang() throws Exception {
        BatchEvaluator evaluator = evaluator(Tuning.ONE_BY_ONE);

        EvaluationReport report =
                run(evaluator, sketch(corpus(1000)).function(RecordedFunction.after(items -> evaluator.close())));

        assertThat(report.status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void aClosedEvaluatorRefusesWork() throws Exception {
        BatchEvaluator evaluator = evaluator();
        evaluator.close();
        evaluator.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> evaluator.start(sketch(corpus(1)).job()));
        assertThat(fileNames()).isEmpty();
    }
}
