package dev.geotherm.testkit.batch;

import static dev.geotherm.testkit.batch.EvaluatorFixture.BESIDE;
import static dev.geotherm.testkit.batch.EvaluatorFixture.corpus;
import static dev.geotherm.testkit.batch.EvaluatorFixture.end;
import static dev.geotherm.testkit.batch.EvaluatorFixture.ids;
import static dev.geotherm.testkit.batch.EvaluatorFixture.outputOf;
import static dev.geotherm.testkit.batch.EvaluatorFixture.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.ThreadsLeft;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The clauses about the early end of a job: cancelling keeps the outcomes so far, and closing cancels every job. */
abstract class CancelClauses {
    private final EvaluatorFixture fixture;

    CancelClauses(EvaluatorFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void cancel_startsNoFurtherBatch() throws Exception {
        RecordingFunction function = RecordingFunction.answering();

        EvaluationReport report = fixture.stopAfter(6, corpus(1000), function);

        assertThat(report.status()).isEqualTo(Status.CANCELLED);
        assertThat(function.evaluated()).isEqualTo(ids(0, 6));
        assertThat(fixture.output()).doesNotExist();
    }

    @Test
    void cancel_finishesAndKeepsTheRunningBatch() throws Exception {
        EvaluationReport report = fixture.stopAfter(6, corpus(10));

        assertThat(report.progress().done()).isEqualTo(6);
        assertThat(report.checkpoints()).isPositive();
        RecordingFunction function = RecordingFunction.answering();
        run(fixture.evaluator(), fixture.job(corpus(10)).function(function));
        assertThat(function.evaluated()).containsExactlyInAnyOrderElementsOf(ids(6, 10));
    }

    @Test
    void cancel_twiceOrAfterTheEndDoesNothing() throws Exception {
        BatchEvaluator evaluator = fixture.evaluator();
        Evaluation evaluation = evaluator.start(fixture.job(corpus(10)).build());
        EvaluationReport report = end(evaluation);

        evaluation.cancel();
        evaluation.cancel();

        assertThat(report.status()).isEqualTo(Status.COMPLETED);
        assertThat(evaluation.await()).isEqualTo(report);
        assertThat(fixture.outputText()).isEqualTo(outputOf(10));
    }

    @Test
    void close_cancelsWaitsAndLeavesNoThread() throws Exception {
        BatchEvaluator evaluator = fixture.evaluator(Tuning.ONE_BY_ONE);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingFunction function = RecordingFunction.after(items -> {
            reached.countDown();
            goOn.await();
        });
        Evaluation evaluation =
                evaluator.start(fixture.job(corpus(1000)).function(function).build());
        assertThat(reached.await(Patience.limit().toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(function.threads).hasSize(1).allMatch(Thread::isDaemon);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(evaluator::close, BESIDE);
        assertThatThrownBy(() -> closing.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        goOn.countDown();
        closing.get(Patience.limit().toMillis(), TimeUnit.MILLISECONDS);

        ThreadsLeft.assertNone(fixture.instance);
        for (Thread thread : function.threads) { // that check does not see virtual threads
            thread.join(Patience.limit().toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
        EvaluationReport report = evaluation.await();
        assertThat(report.status()).isEqualTo(Status.CANCELLED);
        assertThat(fixture.checkpoint()).exists();
        RecordingFunction rest = RecordingFunction.answering();
        run(fixture.evaluator(), fixture.job(corpus(1000)).function(rest));
        assertThat(rest.evaluated()).hasSize(1000 - report.progress().done());
        assertThat(fixture.outputText()).isEqualTo(outputOf(1000));
    }

    @Test
    void close_byAJobDoesNotHang() throws Exception {
        BatchEvaluator evaluator = fixture.evaluator(Tuning.ONE_BY_ONE);

        EvaluationReport report =
                run(evaluator, fixture.job(corpus(1000)).function(RecordingFunction.after(items -> evaluator.close())));

        assertThat(report.status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void start_afterCloseIsRefused() throws Exception {
        BatchEvaluator evaluator = fixture.evaluator();
        evaluator.close();
        evaluator.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> evaluator.start(fixture.job(corpus(1)).build()));
        assertThat(fixture.fileNames()).isEmpty();
    }
}
