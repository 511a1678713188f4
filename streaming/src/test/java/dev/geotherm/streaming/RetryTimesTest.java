package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delays of retries with a clock that is set by hand. */
final class RetryTimesTest {
    private static final LanePipelinesSettings SETTINGS = new LanePipelinesSettings(
            TestSettings.backpressure(10, 0, 0.8),
            TestSettings.batches(10, Duration.ofDays(7)),
            new RetrySettings(2, Duration.ofHours(1), Duration.ofHours(10)),
            1,
            Duration.ofSeconds(20));

    private final SettableClock clock = new SettableClock();
    private final List<Instant> attempts = new CopyOnWriteArrayList<>();
    private final LanePipelines pipelines = new LanePipelines(
            SETTINGS,
            ComponentContext.standalone("test" + UUID.randomUUID()),
            () -> ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()));

    @AfterEach
    void close() {
        pipelines.close();
    }

    @Test
    void retry_ofAFragmentIsDelayed() throws Exception {
        IngestionPipeline<String> pipeline = open(batch -> {
            if (batch.fragments().get(0).id().equals("bad")) {
                attempts.add(clock.instant());
                batch.fail(batch.fragments().get(0), new Exception("planted"));
            }
        });
        CompletableFuture<Outcome> bad = pipeline.submit(fragment("bad")).toCompletableFuture();
        until(() -> attempts.size() == 1 && pipeline.metrics().queued() == 1);

        advance(Duration.ofMinutes(30).minusNanos(1)); // the delay is shortened by up to half
        assertThat(pipeline.submit(fragment("good")).toCompletableFuture().get())
                .isEqualTo(new Outcome.Processed(1));
        assertThat(attempts).hasSize(1);
        advance(Duration.ofMinutes(30).plusNanos(1));
        until(() -> attempts.size() == 2 && pipeline.metrics().queued() == 1);
        advance(Duration.ofHours(1).minusNanos(1));
        assertThat(attempts).hasSize(2);
        advance(Duration.ofHours(1).plusNanos(1));

        until(bad::isDone);
        assertThat(bad.get().attempts()).isEqualTo(3);
    }

    @Test
    void outage_triesAgainWhenTheServiceWants() throws Exception {
        IngestionPipeline<String> pipeline = open(batch -> {
            attempts.add(clock.instant());
            if (attempts.size() == 1) {
                throw new UnavailableException("planted", Duration.ofHours(30), null);
            }
        });
        CompletableFuture<Outcome> held = pipeline.submit(fragment("held")).toCompletableFuture();
        until(() -> pipeline.state() == PipelineState.UNAVAILABLE);

        advance(Duration.ofHours(30).minusNanos(1));
        pipeline.put(fragment("waiting"));
        assertThat(attempts).hasSize(1);
        advance(Duration.ofNanos(1));

        until(held::isDone);
        assertThat(held.get()).isEqualTo(new Outcome.Processed(2));
        assertThat(pipeline.metrics().unavailableTime()).isEqualTo(Duration.ofHours(30));
    }

    @Test
    void close_doesNotWaitForDelays() throws Exception {
        IngestionPipeline<String> pipeline = open(batch -> {
            attempts.add(clock.instant());
            throw new Exception("planted");
        });
        CompletableFuture<Outcome> bad = pipeline.submit(fragment("bad")).toCompletableFuture();
        until(() -> attempts.size() == 1 && pipeline.metrics().queued() == 1);

        pipeline.close();

        assertThat(bad.get()).isInstanceOf(Outcome.Dead.class);
        assertThat(attempts).hasSize(3);
    }

    private IngestionPipeline<String> open(FragmentProcessor<String> processor) {
        return pipelines.open("timed", processor);
    }

    /** Moves the clock, and has the workers read it at once. */
    private void advance(Duration time) {
        clock.advance(time);
        pipelines.reconfigure(SETTINGS);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    private static Fragment<String> fragment(String id) {
        return new Fragment<>(id, id, Priority.NORMAL, Instant.EPOCH, Map.of());
    }
}
