package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batch timeouts with a scheduler that is driven by hand. */
final class BatchTimeoutTest {
    private final SettableClock clock = new SettableClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final Semaphore gate = new Semaphore(0);
    private final LanePipelines pipelines = new LanePipelines(
            TestSettings.of(10, 2, Duration.ofSeconds(30)),
            ComponentContext.standalone("test" + UUID.randomUUID()).withScheduler(scheduler),
            () -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()));
    private final IngestionPipeline<String> pipeline = pipelines.open("timed", batch -> gate.acquire());

    @AfterEach
    void close() {
        gate.release(1_000);
        pipelines.close();
        assertThat(scheduler.scheduled()).isZero();
    }

    @Test
    void timeout_endsBatchExactlyWhenDue() throws Exception {
        CompletionStage<Outcome> outcome = pipeline.submit(fragment("slow"));
        awaitInFlight(1);

        scheduler.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(outcome.toCompletableFuture()).isNotDone();
        scheduler.advance(Duration.ofNanos(1));

        assertThat(dead(outcome).error()).isInstanceOf(TimeoutException.class);
        assertThat(pipeline.metrics().timeouts()).isEqualTo(1);
        assertThat(pipeline.metrics().batchTime().max()).isBetween(29.5, 30.5);
    }

    @Test
    void timeout_ofLaterBatchIsDueLater() throws Exception {
        CompletionStage<Outcome> first = pipeline.submit(fragment("first"));
        awaitInFlight(1);
        scheduler.advance(Duration.ofSeconds(20));
        CompletionStage<Outcome> second = pipeline.submit(fragment("second"));
        awaitInFlight(2);
        assertThat(scheduler.scheduled()).isEqualTo(1);

        scheduler.advance(Duration.ofSeconds(10));
        assertThat(dead(first).attempts()).isEqualTo(1);
        assertThat(second.toCompletableFuture()).isNotDone();
        scheduler.advance(Duration.ofSeconds(20));
        assertThat(dead(second).attempts()).isEqualTo(1);
    }

    @Test
    void timeout_newSettingsApplyToRunningBatch() throws Exception {
        CompletionStage<Outcome> outcome = pipeline.submit(fragment("slow"));
        awaitInFlight(1);

        pipelines.reconfigure(TestSettings.of(10, 2, Duration.ofSeconds(5)));
        assertThat(scheduler.scheduled()).isEqualTo(1);
        scheduler.advance(Duration.ofSeconds(5));

        assertThat(dead(outcome).attempts()).isEqualTo(1);
    }

    @Test
    void timeout_shortBatchesScheduleOneCheck() throws Exception {
        gate.release(100);
        for (int i = 0; i < 20; i++) {
            pipeline.submit(fragment("quick")).toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        assertThat(scheduler.scheduled()).isEqualTo(1);

        scheduler.advance(Duration.ofSeconds(30));
        assertThat(scheduler.scheduled()).isZero();
        assertThat(pipeline.metrics().timeouts()).isZero();
    }

    private void awaitInFlight(int fragments) {
        await().atMost(Patience.limit())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> pipeline.metrics().inFlight() == fragments);
    }

    private static Outcome.Dead dead(CompletionStage<Outcome> stage) throws Exception {
        CompletableFuture<Outcome> outcome = stage.toCompletableFuture();
        return (Outcome.Dead) outcome.get(60, TimeUnit.SECONDS);
    }

    private static Fragment<String> fragment(String id) {
        return new Fragment<>(id, id, Priority.NORMAL, Instant.EPOCH, Map.of());
    }
}
