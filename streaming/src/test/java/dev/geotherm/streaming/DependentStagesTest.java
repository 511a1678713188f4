package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.ThreadsLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Stages that depend on outcomes, and block. */
final class DependentStagesTest {
    private final String instance = "stages" + UUID.randomUUID();
    private final ComponentContext context = ComponentContext.standalone(instance);

    private static Fragment<String> fragment(String id) {
        return new Fragment<>(id, id, Priority.NORMAL, Instant.EPOCH, Map.of());
    }

    private static void putUninterrupted(IngestionPipeline<String> pipeline, String id) {
        try {
            pipeline.put(fragment(id));
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    @Test
    void stage_mayPutIntoTheFullQueue() throws Exception {
        Semaphore gate = new Semaphore(0);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(2, 1), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("full", batch -> gate.acquire());
            List<CompletableFuture<Void>> stages = new ArrayList<>();
            for (int i = 0; i < 3; i++) { // one in a batch, and a full queue
                int number = i;
                stages.add(pipeline.submit(fragment("f" + i))
                        .thenRun(() -> {
                            putUninterrupted(pipeline, "a" + number);
                            putUninterrupted(pipeline, "b" + number);
                        })
                        .toCompletableFuture());
                if (i == 0) {
                    Awaitility.await()
                            .atMost(Patience.limit())
                            .until(() -> pipeline.metrics().inFlight() == 1);
                }
            }
            gate.release(1_000);
            for (CompletableFuture<Void> stage : stages) {
                stage.get(60, TimeUnit.SECONDS);
            }
            assertThat(pipeline.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(pipeline.metrics().processed()).isEqualTo(9);
        } finally {
            gate.release(1_000);
        }
        ThreadsLeft.assertNone(instance);
    }

    @Test
    void stage_thatBlocksHoldsUpNoWorkerAndNoTimeout() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(10, 1, Duration.ofMillis(50)), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("blocked", batch -> {
                if (batch.fragments().get(0).id().startsWith("hang")) {
                    hanging.await();
                }
            });
            // In its own thread, which runs the stage if the timeout is faster than it.
            CompletableFuture<Void> first = CompletableFuture.runAsync(
                    () -> submitUninterrupted(pipeline, "hang0").thenRun(() -> {
                        inside.countDown();
                        await(blocked);
                    }),
                    task -> new Thread(task, "submits").start());
            await(inside);
            for (int i = 1; i < 4; i++) {
                pipeline.put(fragment("hang" + i));
                pipeline.put(fragment("f" + i));
            }
            Awaitility.await()
                    .atMost(Patience.limit())
                    .until(() -> pipeline.metrics().dead() + pipeline.metrics().processed() == 7);
            assertThat(pipeline.metrics().timeouts()).isGreaterThanOrEqualTo(4);
            blocked.countDown();
            first.get(60, TimeUnit.SECONDS);
        } finally {
            blocked.countDown();
            hanging.countDown();
        }
    }

    private static CompletionStage<Outcome> submitUninterrupted(IngestionPipeline<String> pipeline, String id) {
        try {
            return pipeline.submit(fragment(id));
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    @Test
    void stages_runInTheOrderOfTheOutcomes() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        List<String> expected = new ArrayList<>();
        Semaphore gate = new Semaphore(0);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(100, 1), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("ordered", batch -> gate.acquire());
            for (int i = 0; i < 100; i++) {
                String id = "f" + i;
                expected.add(id);
                var unused = pipeline.submit(fragment(id)).thenRun(() -> order.add(id));
            }
            gate.release(100);
            assertThat(pipeline.drain(Duration.ofSeconds(60))).isTrue();
            assertThat(order).containsExactlyElementsOf(expected);
        } finally {
            gate.release(100);
        }
    }

    @Test
    void close_completesTheStagesBehindOneThatBlocks() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        LanePipelinesSettings brief = new LanePipelinesSettings(
                TestSettings.backpressure(10, 0, 0.8),
                TestSettings.batches(1, Duration.ofMinutes(5)),
                TestSettings.retries(0),
                1,
                Duration.ofMillis(20));
        try (LanePipelines pipelines = new LanePipelines(brief, context)) {
            CountDownLatch registered = new CountDownLatch(1);
            IngestionPipeline<String> pipeline = pipelines.open("closing", batch -> registered.await());
            CompletionStage<Void> first = pipeline.submit(fragment("a")).thenRun(() -> {
                inside.countDown();
                await(blocked);
            });
            registered.countDown();
            await(inside);
            CompletionStage<Outcome> second = pipeline.submit(fragment("b"));
            Awaitility.await()
                    .atMost(Patience.limit())
                    .until(() -> pipeline.metrics().processed() == 2);
            pipeline.close();
            assertThat(second.toCompletableFuture()).isCompletedWithValue(new Outcome.Processed(1));
            assertThat(first.toCompletableFuture()).isNotDone();
        } finally {
            blocked.countDown();
        }
        ThreadsLeft.assertNone(instance);
    }
}
