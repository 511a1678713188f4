package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.api.streaming.WorkersReason;
import dev.geotherm.testkit.Patience;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Workers that follow refusals, and asynchronous processors. */
final class AdaptiveWorkersTest {
    private final ComponentContext context = ComponentContext.standalone("adaptive");

    private static Fragment<String> fragment(String id) {
        return new Fragment<>(id, id, Priority.NORMAL, Instant.EPOCH, Map.of());
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    @Test
    void workers_fallWithARefusalAndRiseWithSuccesses() throws Exception {
        LanePipelinesSettings settings = Settings.of(
                LanePipelinesSettings.class,
                Map.of(
                        "workers",
                        "4",
                        "adaptiveWorkers",
                        "true",
                        "retryDelay",
                        "0ms",
                        "initialBatch",
                        "1",
                        "maxBatch",
                        "1"));
        AtomicBoolean refuses = new AtomicBoolean(true);
        try (LanePipelines pipelines = new LanePipelines(settings, context)) {
            IngestionPipeline<String> pipeline = pipelines.open("adaptive", batch -> {
                if (refuses.getAndSet(false)) {
                    throw new UnavailableException("too many requests", null);
                }
            });
            assertThat(pipeline.metrics().workersReason()).isEqualTo(WorkersReason.SETTINGS);
            pipeline.put(fragment("a"));
            eventually(() -> pipeline.metrics().processed() == 1);
            assertThat(pipeline.metrics().workersReason()).isEqualTo(WorkersReason.UNAVAILABLE);
            assertThat(pipeline.metrics().workers()).isLessThanOrEqualTo(2);
            for (int i = 0; i < 20; i++) {
                pipeline.put(fragment("f" + i));
            }
            eventually(() -> pipeline.metrics().workers() == 4);
            assertThat(pipeline.metrics().workersReason()).isEqualTo(WorkersReason.SUCCESS);
            assertThat(pipeline.drain(Duration.ofSeconds(60))).isTrue();
        }
    }

    @Test
    void async_batchEndsWithItsStage() throws Exception {
        CompletableFuture<Void> result = new CompletableFuture<>();
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(10, 1), context)) {
            IngestionPipeline<String> pipeline = pipelines.open(
                    "async",
                    FragmentProcessor.async(batch -> result.thenRun(() -> {
                        for (Fragment<String> one : batch.fragments()) {
                            batch.fail(one, new IOException("planted"));
                        }
                    })));
            CompletableFuture<Outcome> outcome = pipeline.submit(fragment("a")).toCompletableFuture();
            eventually(() -> pipeline.metrics().inFlight() == 1);
            assertThat(outcome).isNotDone();
            result.complete(null);
            assertThat(outcome.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Outcome.Dead.class, dead -> assertThat(dead.error()).hasMessage("planted"));
        }
    }

    @Test
    void async_failureOfTheStageIsThatOfTheBatch() throws Exception {
        IOException planted = new IOException("planted");
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(10, 1), context)) {
            IngestionPipeline<String> pipeline = pipelines.open(
                    "failing", FragmentProcessor.async(batch -> CompletableFuture.failedFuture(planted)));
            assertThat(pipeline.submit(fragment("a")).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isEqualTo(new Outcome.Dead(1, planted));
        }
    }

    @Test
    void async_timeoutCancelsTheFuture() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(10, 1, Duration.ofMillis(50)), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("hanging", FragmentProcessor.async(batch -> never));
            assertThat(pipeline.submit(fragment("a")).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isInstanceOf(Outcome.Dead.class);
            eventually(never::isCancelled);
            assertThat(pipeline.metrics().stuckWorkers()).isZero();
        }
    }
}
