package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.ThreadsLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class LanePipelineTest {
    private final String instance = "test" + UUID.randomUUID();
    private final ComponentContext context = ComponentContext.standalone(instance);

    @Test
    void failure_putsPipelineInErrorAndLosesNothing() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        List<DeadLetter<String>> letters = new CopyOnWriteArrayList<>();
        PipelineListener<String> listener = new PipelineListener<>() {
            @Override
            public void onDeadLetter(DeadLetter<String> letter) {
                letters.add(letter);
            }
        };
        Thread test = Thread.currentThread();
        LanePipelines pipelines = new LanePipelines(TestSettings.of(10, 1), context, () -> {
            if (broken.get() && Thread.currentThread() != test) {
                throw new IllegalStateException("planted");
            }
            return System.nanoTime();
        });
        IngestionPipeline<String> pipeline =
                pipelines.open(PipelineSpec.<String>of("failing", batch -> {}).withListener(listener));
        broken.set(true);
        CompletionStage<Outcome> stage = pipeline.submit(fragment("a"));

        await().atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> pipeline.state() == PipelineState.ERROR);
        assertThat(pipeline.offer(fragment("b"))).isEqualTo(Offer.REFUSED_CLOSED);
        assertThatIllegalStateException().isThrownBy(() -> pipeline.put(fragment("c")));
        pipeline.close();

        assertThat(pipeline.state()).isEqualTo(PipelineState.STOPPED);
        assertThat(stage.toCompletableFuture().join()).isInstanceOf(Outcome.Dead.class);
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).error()).hasRootCauseMessage("planted");
        ThreadsLeft.assertNone(instance);
    }

    @Test
    void workers_areThoseOfTheSpecIfTheSettingsLeaveThemToIt() throws Exception {
        LanePipelinesSettings settings = new LanePipelinesSettings(
                TestSettings.backpressure(20, 0, 0.8),
                TestSettings.batches(1, Duration.ofMinutes(5)),
                TestSettings.retries(0),
                0,
                Duration.ofSeconds(30));
        CyclicBarrier together = new CyclicBarrier(2);
        try (LanePipelines pipelines = new LanePipelines(settings, context)) {
            IngestionPipeline<String> pipeline =
                    pipelines.open(PipelineSpec.<String>of("two", batch -> together.await(60, TimeUnit.SECONDS))
                            .withWorkers(2));
            List<CompletionStage<Outcome>> outcomes =
                    List.of(pipeline.submit(fragment("a")), pipeline.submit(fragment("b")));
            for (CompletionStage<Outcome> each : outcomes) {
                assertThat(each.toCompletableFuture().join()).isInstanceOf(Outcome.Processed.class);
            }
        }
    }

    @Test
    void retry_ofFailedBatchIsInHalvesInOrderBeforeLaterFragments() throws Exception {
        LanePipelinesSettings inTens = new LanePipelinesSettings(
                TestSettings.backpressure(20, 0, 0.8),
                TestSettings.batches(10, Duration.ofMinutes(5)),
                TestSettings.retries(1),
                1,
                Duration.ofSeconds(20));
        Semaphore gate = new Semaphore(0);
        List<List<String>> batches = new CopyOnWriteArrayList<>();
        try (LanePipelines pipelines = new LanePipelines(inTens, context)) {
            IngestionPipeline<String> pipeline = pipelines.open("throwing", batch -> {
                batches.add(batch.fragments().stream().map(Fragment::id).toList());
                gate.acquire();
                if (batch.fragments().size() > 1) {
                    throw new IllegalStateException("planted");
                }
            });
            pipeline.put(fragment("plug"));
            await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> batches.size() == 1);
            pipeline.putAll(List.of(fragment("a"), fragment("b"), fragment("c")));
            gate.release();
            await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> batches.size() == 2);
            pipeline.put(fragment("later"));
            gate.release(1_000);
            assertThat(pipeline.drain(Duration.ofSeconds(60))).isTrue();
        } finally {
            gate.release(1_000);
        }

        assertThat(batches)
                .containsExactly(
                        List.of("plug"),
                        List.of("a", "b", "c"),
                        List.of("a", "b"),
                        List.of("a"),
                        List.of("b"),
                        List.of("c"),
                        List.of("later"));
    }

    @Test
    void reconfigure_smallerCapacityLosesNothing() throws Exception {
        Semaphore gate = new Semaphore(0);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(20, 1), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("shrinking", batch -> gate.acquire());
            for (int i = 0; i < 20; i++) {
                pipeline.put(fragment("f" + i));
            }
            pipelines.reconfigure(TestSettings.of(2, 1));
            assertThat(pipeline.metrics().capacity()).isEqualTo(2);
            assertThat(pipeline.state()).isEqualTo(PipelineState.BACKPRESSURE);
            assertThat(pipeline.offer(fragment("late", Priority.HIGHEST))).isEqualTo(Offer.REFUSED_FULL);

            gate.release(1_000);
            assertThat(pipeline.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(pipeline.metrics().processed()).isEqualTo(20);
        } finally {
            gate.release(1_000);
        }
    }

    @Test
    void reconfigure_largerCapacityReleasesProducers() throws Exception {
        Semaphore gate = new Semaphore(0);
        CountDownLatch accepted = new CountDownLatch(1);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(1, 1), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("growing", batch -> gate.acquire());
            pipeline.put(fragment("in batch"));
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pipeline.metrics().inFlight() == 1);
            pipeline.put(fragment("waiting"));
            Thread producer = new Thread(() -> {
                try {
                    pipeline.put(fragment("third"));
                    accepted.countDown();
                } catch (InterruptedException unexpected) {
                    throw new IllegalStateException(unexpected);
                }
            });
            producer.start();
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> producer.getState() == Thread.State.TIMED_WAITING);

            pipelines.reconfigure(TestSettings.of(5, 1));

            assertThat(accepted.await(60, TimeUnit.SECONDS)).isTrue();
            gate.release(1_000);
        } finally {
            gate.release(1_000);
        }
    }

    @Test
    void reconfigure_changesNumberOfWorkers() throws Exception {
        Semaphore gate = new Semaphore(0);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(100, 1), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("staff", batch -> gate.acquire());
            for (int i = 0; i < 60; i++) {
                pipeline.put(fragment("f" + i));
            }
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pipeline.metrics().inFlight() == 1);
            pipelines.reconfigure(TestSettings.of(100, 4));
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pipeline.metrics().inFlight() == 4);
            pipelines.reconfigure(TestSettings.of(100, 2));
            gate.release(4);

            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pipeline.metrics().processed() == 4
                            && pipeline.metrics().inFlight() == 2);
            gate.release(1_000);
            assertThat(pipeline.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(pipeline.metrics().processed()).isEqualTo(60);
        } finally {
            gate.release(1_000);
        }
        ThreadsLeft.assertNone(instance);
    }

    @Test
    void close_byProcessorIsRefused() throws Exception {
        AtomicReference<IngestionPipeline<String>> own = new AtomicReference<>();
        List<Throwable> refused = new CopyOnWriteArrayList<>();
        FragmentProcessor<String> closing = batch -> {
            try {
                own.get().close();
            } catch (IllegalStateException expected) {
                refused.add(expected);
            }
        };
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(10, 1), context)) {
            own.set(pipelines.open("own", closing));
            assertThat(own.get().submit(fragment("a")).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isEqualTo(new Outcome.Processed(1));
            assertThat(refused).hasSize(1);
            assertThat(own.get().state()).isEqualTo(PipelineState.RUNNING);
        }
    }

    @Test
    void close_byListenerIsAllowed() throws Exception {
        AtomicReference<IngestionPipeline<String>> own = new AtomicReference<>();
        PipelineListener<String> listener = new PipelineListener<>() {
            @Override
            public void onBatch(int size, int failed, Duration took) {
                own.get().close();
            }
        };
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(10, 1), context)) {
            IngestionPipeline<String> pipeline =
                    pipelines.open(PipelineSpec.<String>of("own", batch -> {}).withListener(listener));
            own.set(pipeline);
            pipeline.put(fragment("a"));

            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pipeline.state() == PipelineState.STOPPED);
        }
        ThreadsLeft.assertNone(instance);
    }

    @Test
    @Tag("full")
    void close_keepsItsLimitWhileListenerAndProcessorBlock() {
        LanePipelinesSettings brief = new LanePipelinesSettings(
                TestSettings.backpressure(10, 0, 0.8),
                TestSettings.batches(1, Duration.ofMinutes(5)),
                TestSettings.retries(0),
                1,
                Duration.ofSeconds(5));
        CountDownLatch blocked = new CountDownLatch(1);
        PipelineListener<String> listener = new PipelineListener<>() {
            @Override
            public void onState(PipelineState from, PipelineState to) {
                awaitIgnoringInterrupts(blocked);
            }
        };
        LanePipelines pipelines = new LanePipelines(brief, context);
        IngestionPipeline<String> pipeline =
                pipelines.open(PipelineSpec.<String>of("blocked", batch -> awaitIgnoringInterrupts(blocked))
                        .withListener(listener));
        assertThat(pipeline.offer(fragment("a")).accepted()).isTrue();
        long start = System.nanoTime();
        pipelines.close();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        blocked.countDown();

        assertThat(seconds).isBetween(5L, 9L); // was 11
    }

    @Test
    void state_isStalledWhenEveryWorkerAndItsReplacementAreStuck() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(10, 1, Duration.ofMillis(50)), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("hung", batch -> awaitIgnoringInterrupts(hung));
            pipeline.put(fragment("a"));
            pipeline.put(fragment("b"));
            pipeline.put(fragment("c"));
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pipeline.state() == PipelineState.STALLED);
            assertThat(pipeline.metrics().stuckWorkers()).isEqualTo(2);
            assertThat(pipeline.metrics().queued()).isEqualTo(1);

            hung.countDown();
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pipeline.state() == PipelineState.RUNNING
                            && pipeline.metrics().processed() == 1);
            assertThat(pipeline.metrics().dead()).isEqualTo(2);
        } finally {
            hung.countDown();
        }
        ThreadsLeft.assertNone(instance);
    }

    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                latch.await();
                done = true;
            } catch (InterruptedException ignored) {
                done = false;
            }
        }
    }

    private static Fragment<String> fragment(String id) {
        return fragment(id, Priority.NORMAL);
    }

    private static Fragment<String> fragment(String id, Priority priority) {
        return new Fragment<>(id, id, priority, Instant.EPOCH, Map.of());
    }
}
