package dev.geotherm.testkit.batch;

import static dev.geotherm.testkit.batch.EvaluatorFixture.BESIDE;
import static dev.geotherm.testkit.batch.EvaluatorFixture.corpus;
import static dev.geotherm.testkit.batch.EvaluatorFixture.end;
import static dev.geotherm.testkit.batch.EvaluatorFixture.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationProgress;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.api.batch.EvaluationReport.Status;
import dev.geotherm.api.batch.EvaluatorMetrics;
import dev.geotherm.api.batch.ItemFailure;
import dev.geotherm.testkit.Patience;
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

/** The clauses about listeners, progress and metrics: they report events in order. */
abstract class ListenerClauses {
    private final EvaluatorFixture fixture;

    ListenerClauses(EvaluatorFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void onBatch_isCalledForEachBatchInOrder() throws Exception {
        RecordingListener listener = new RecordingListener();

        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(50)).listener(listener));

        assertThat((long) listener.batches.size()).isEqualTo(report.batches());
        assertThat(listener.batches)
                .extracting(EvaluationProgress::done)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(listener.batches).extracting(EvaluationProgress::elapsed).isSorted();
        assertThat(listener.batches).allSatisfy(progress -> {
            assertThat(progress.total()).isEqualTo(50);
            assertThat(progress.resumed()).isZero();
        });
        assertThat(listener.batches.get(listener.batches.size() - 1).done()).isEqualTo(50);
    }

    @Test
    void onFailure_isCalledOnceBeforeTheEventOfItsBatch() throws Exception {
        List<String> events = new ArrayList<>();

        run(
                fixture.evaluator(new Tuning(2, 1, 0, 100)),
                fixture.job(corpus(4))
                        .function(RecordingFunction.failingOn("item-1"))
                        .listener(new EvaluationListener() {
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
    void onCheckpoint_isCalledForEachCheckpoint() throws Exception {
        RecordingListener listener = new RecordingListener();

        EvaluationReport report =
                run(fixture.evaluator(), fixture.job(corpus(100)).listener(listener));

        assertThat((long) listener.checkpoints.size())
                .isEqualTo(report.checkpoints())
                .isGreaterThan(5);
        assertThat(listener.checkpoints).extracting(EvaluationProgress::done).isSorted();
        assertThat(listener.checkpoints.get(listener.checkpoints.size() - 1).done())
                .isEqualTo(100);
    }

    @Test
    void listener_isCalledByOneThreadAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        OverlapProbe probe = new OverlapProbe();

        run(fixture.evaluator(new Tuning(1, 4, 0, 1)), fixture.job(corpus(200)).listener(new EvaluationListener() {
            @Override
            public void onBatch(EvaluationProgress progress) {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                probe.enter();
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
    void listener_exceptionsChangeNothing() throws Exception {
        EvaluationReport report = run(
                fixture.evaluator(),
                fixture.job(corpus(30))
                        .function(RecordingFunction.failingOn("item-7"))
                        .listener(new EvaluationListener() {
                            @Override
                            public void onBatch(EvaluationProgress progress) {
                                throw new IllegalStateException("an intended failure of a listener");
                            }

                            @Override
                            public void onFailure(ItemFailure failure) {
                                throw new IllegalStateException("an intended failure of a listener");
                            }

                            @Override
                            public void onCheckpoint(EvaluationProgress progress) {
                                throw new AssertionError("an intended failure of a listener");
                            }
                        }));

        assertThat(report.status()).isEqualTo(Status.COMPLETED_WITH_FAILURES);
        assertThat(fixture.outputText().lines()).hasSize(30);
    }

    @Test
    void listener_isCalledWithoutALock() throws Exception {
        BatchEvaluator evaluator = fixture.evaluator();
        CompletableFuture<Evaluation> running = new CompletableFuture<>();
        AtomicBoolean blocked = new AtomicBoolean();
        Evaluation evaluation = evaluator.start(fixture.job(corpus(4))
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
                            other.get(Patience.limit().toMillis(), TimeUnit.MILLISECONDS);
                        } catch (Exception e) {
                            blocked.set(true);
                        }
                    }
                })
                .build());
        running.complete(evaluation);

        end(evaluation);

        assertThat(blocked).isFalse();
    }

    @Test
    void await_byTheJobItselfIsRefused() throws Exception {
        CompletableFuture<Evaluation> running = new CompletableFuture<>();
        AtomicInteger refused = new AtomicInteger();
        Evaluation evaluation = fixture.evaluator()
                .start(fixture.job(corpus(1))
                        .function(RecordingFunction.after(items -> awaitRefused(running, refused)))
                        .listener(new EvaluationListener() {
                            @Override
                            public void onBatch(EvaluationProgress progress) {
                                awaitRefused(running, refused);
                            }
                        })
                        .build());
        running.complete(evaluation);

        end(evaluation);

        assertThat(refused).hasValue(4);
    }

    @Test
    void progress_ofARunningJobIsCurrent() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Evaluation evaluation = fixture.evaluator(Tuning.ONE_BY_ONE)
                .start(fixture.job(corpus(10))
                        .function(RecordingFunction.after(items -> {
                            if (items.get(0).id().equals("item-6")) {
                                reached.countDown();
                                goOn.await();
                            }
                        }))
                        .build());
        try {
            assertThat(reached.await(Patience.limit().toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
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
    void metrics_countWhatWasDone() throws Exception {
        BatchEvaluator evaluator = fixture.evaluator();
        AtomicInteger evaluating = new AtomicInteger();
        fixture.stopAfter(5, corpus(21));

        EvaluationReport report = run(evaluator, fixture.job(corpus(21)).function(RecordingFunction.of(items -> {
            evaluating.accumulateAndGet(evaluator.metrics().activeWorkers(), Math::max);
            return RecordingFunction.failingOn("item-20").evaluate(items);
        })));

        EvaluatorMetrics metrics = evaluator.metrics();
        assertThat(metrics.jobs()).isEqualTo(1);
        assertThat(metrics.runningJobs()).isZero();
        assertThat(metrics.items()).isEqualTo(16);
        assertThat(metrics.resumedItems()).isEqualTo(5);
        assertThat(metrics.failedItems()).isEqualTo(1);
        assertThat(metrics.batches()).isEqualTo(report.batches());
        assertThat(metrics.checkpoints()).isEqualTo(report.checkpoints());
        assertThat(metrics.activeWorkers()).isZero();
        assertThat(metrics.functionTime()).isPositive();
        assertThat(metrics.batchTime().count()).isEqualTo(report.batches());
        assertThat(metrics.batchTime().max()).isPositive();
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

    private static final class RecordingListener implements EvaluationListener {
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
