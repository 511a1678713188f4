package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationProgress;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.api.batch.EvaluatorMetrics;
import dev.geotherm.api.batch.ItemFailure;
import dev.geotherm.testkit.batch.BatchEvaluatorContract.Tuning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Listeners, progress and metrics tell what happened, in its order. */
abstract class ListenerClauses extends EvaluatorClauses {

    ListenerClauses(BatchEvaluatorContract contract) {
        super(contract);
    }

    @Test
    void theListenerHearsOfEachBatchInOrder() throws Exception {
        Heard heard = new Heard();

        EvaluationReport report = run(evaluator(), sketch(corpus(50)).listener(heard));

        assertThat((long) heard.batches.size()).isEqualTo(report.batches());
        assertThat(heard.batches)
                .extracting(EvaluationProgress::done)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(heard.batches).extracting(EvaluationProgress::elapsed).isSorted();
        assertThat(heard.batches).allSatisfy(progress -> {
            assertThat(progress.total()).isEqualTo(50);
            assertThat(progress.resumed()).isZero();
        });
        assertThat(heard.batches.get(heard.batches.size() - 1).done()).isEqualTo(50);
    }

    @Test
    void theListenerHearsOfEachFailureOnceBeforeItsBatchEnds() throws Exception {
        List<String> events = new ArrayList<>();

        run(
                evaluator(new Tuning(2, 1, 0, 100)),
                sketch(corpus(4)).function(RecordedFunction.failingOn("item-1")).listener(new EvaluationListener() {
                    @Override
                    public void onBatch(EvaluationProgress progress) {
                        events.add("batch " + progress.done() + " " + progress.failed());
                    }

                    @Override
                    public void onFailure(ItemFailure failure) {
                        events.add("failure " + failure.item());
                    }
                }));

        assertThat(events).containsExactly("failure item-1", "batch 2 1", "batch 4 1");
    }

    @Test
    void theListenerHearsOfEachCheckpoint() throws Exception {
        Heard heard = new Heard();

        EvaluationReport report = run(evaluator(), sketch(corpus(100)).listener(heard));

        assertThat((long) heard.checkpoints.size())
                .isEqualTo(report.checkpoints())
                .isGreaterThan(5);
        assertThat(heard.checkpoints).extracting(EvaluationProgress::done).isSorted();
        assertThat(heard.checkpoints.get(heard.checkpoints.size() - 1).done()).isEqualTo(100);
    }

    @Test
    void theListenerIsCalledByOneThreadAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Company company = new Company();

        run(evaluator(new Tuning(1, 4, 0, 1)), sketch(corpus(200)).listener(new EvaluationListener() {
            @Override
            public void onBatch(EvaluationProgress progress) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                company.expect();
                inside.decrementAndGet();
            }

            @Override
            public void onCheckpoint(EvaluationProgress progress) {
                onBatch(progress);
            }
        }));

        assertThat(most).hasValue(1);
    }

    @Test
    void whatTheListenerThrowsChangesNothing() throws Exception {
        EvaluationReport report = run(
                evaluator(),
                sketch(corpus(30))
                        .function(RecordedFunction.failingOn("item-7"))
                        .listener(new EvaluationListener() {
                            @Override
                            public void onBatch(EvaluationProgress progress) {
                                throw new IllegalStateException("a listener's failure, on purpose");
                            }

                            @Override
                            public void onFailure(ItemFailure failure) {
                                throw new IllegalStateException("a listener's failure, on purpose");
                            }

                            @Override
                            public void onCheckpoint(EvaluationProgress progress) {
                                throw new AssertionError("a listener's failure, on purpose");
                            }
                        }));

        assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_FAILURES);
        assertThat(outputText().lines()).hasSize(30);
    }

    @Test
    void theListenerIsCalledOutsideOfLocks() throws Exception {
        BatchEvaluator evaluator = evaluator();
        CompletableFuture<Evaluation> running = new CompletableFuture<>();
        AtomicBoolean blocked = new AtomicBoolean();
        Evaluation evaluation = evaluator.start(sketch(corpus(4))
                .listener(new EvaluationListener() {
                    @Override
                    public void onBatch(EvaluationProgress progress) {
                        CompletableFuture<Void> other = CompletableFuture.runAsync(
                                () -> {
                                    running.join().progress();
                                    running.join().cancel();
                                    evaluator.metrics();
                                },
                                BESIDE);
                        try {
                            other.get(5, TimeUnit.SECONDS);
                        } catch (Exception e) {
                            blocked.set(true);
                        }
                    }
                })
                .job());
        running.complete(evaluation);

        end(evaluation);

        assertThat(blocked).isFalse();
    }

    @Test
    void waitingForOneselfIsRefused() throws Exception {
        CompletableFuture<Evaluation> running = new CompletableFuture<>();
        AtomicInteger refused = new AtomicInteger();
        Evaluation evaluation = evaluator()
                .start(sketch(corpus(1))
                        .function(RecordedFunction.after(items -> awaitRefused(running, refused)))
                        .listener(new EvaluationListener() {
                            @Override
                            public void onBatch(EvaluationProgress progress) {
                                awaitRefused(running, refused);
                            }
                        })
                        .job());
        running.complete(evaluation);

        end(evaluation);

        assertThat(refused).hasValue(4);
    }

    @Test
    void progressTellsWhereARunningJobIs() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Evaluation evaluation = evaluator(Tuning.ONE_BY_ONE)
                .start(sketch(corpus(10))
                        .function(RecordedFunction.after(items -> {
                            if (items.get(0).id().equals("item-6")) {
                                reached.countDown();
                                goOn.await();
                            }
                        }))
                        .job());
        try {
            assertThat(reached.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(evaluation.id()).isEqualTo("job");
            assertThat(evaluation.await(Duration.ZERO)).isEmpty();
            assertThat(evaluation.await(Duration.ofMillis(1))).isEmpty();
            assertThat(evaluation.progress().total()).isEqualTo(10);
            assertThat(evaluation.progress().done()).isLessThanOrEqualTo(6);
            assertThat(evaluation.progress().fraction()).isLessThan(1);
        } finally {
            goOn.countDown();
        }
        EvaluationReport report = end(evaluation);

        assertThat(report.progress().done()).isEqualTo(10);
        assertThat(report.progress().fraction()).isEqualTo(1);
        assertThat(evaluation.progress()).isEqualTo(report.progress());
        assertThat(evaluation.await()).isEqualTo(report);
        assertThat(report.progress().remaining().orElse(Duration.ZERO)).isZero();
    }

    @Test
    void metricsTellWhatWasDone() throws Exception {
        BatchEvaluator evaluator = evaluator();
        AtomicInteger evaluating = new AtomicInteger();
        stopAfter(5, corpus(21));

        EvaluationReport report = run(evaluator, sketch(corpus(21)).function(RecordedFunction.of(items -> {
            evaluating.accumulateAndGet(evaluator.metrics().workers(), Math::max);
            return RecordedFunction.failingOn("item-20").evaluate(items);
        })));

        EvaluatorMetrics metrics = evaluator.metrics();
        assertThat(metrics.jobs()).isEqualTo(1);
        assertThat(metrics.running()).isZero();
        assertThat(metrics.items()).isEqualTo(16);
        assertThat(metrics.resumed()).isEqualTo(5);
        assertThat(metrics.failures()).isEqualTo(1);
        assertThat(metrics.batches()).isEqualTo(report.batches());
        assertThat(metrics.checkpoints()).isEqualTo(report.checkpoints());
        assertThat(metrics.workers()).isZero();
        assertThat(metrics.busy()).isPositive();
        assertThat(evaluating.get()).isBetween(1, 2);
    }

    private static void awaitRefused(CompletableFuture<Evaluation> running, AtomicInteger refused) {
        try {
            running.join().await();
        } catch (IllegalStateException expected) {
            refused.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            running.join().await(Duration.ofMillis(1));
        } catch (IllegalStateException expected) {
            refused.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Heard implements EvaluationListener {
        final List<EvaluationProgress> batches = new ArrayList<>();
        final List<EvaluationProgress> checkpoints = new ArrayList<>();

        @Override
        public void onBatch(EvaluationProgress progress) {
            batches.add(progress);
        }

        @Override
        public void onCheckpoint(EvaluationProgress progress) {
            checkpoints.add(progress);
        }
    }
}
