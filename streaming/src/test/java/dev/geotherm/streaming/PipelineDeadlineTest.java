package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.api.streaming.RefusedException;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Deadlines, and the prediction that they are compared with. */
final class PipelineDeadlineTest {
    private final SettableClock clock = new SettableClock();
    private final ComponentContext context =
            ComponentContext.standalone("deadlines").withClock(clock);

    private Fragment<String> due(Priority priority, Duration from) {
        return TestFragments.fragment("due", priority)
                .withDeadline(clock.instant().plus(from));
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    @Test
    void prediction_countsWhatWaitsAtThePriorityOrAbove() throws Exception {
        AtomicLong now = new AtomicLong();
        AtomicInteger entered = new AtomicInteger();
        Semaphore gate = new Semaphore(0);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(100, 1), context, now::get)) {
            IngestionPipeline<String> pipeline = pipelines.open("predicted", batch -> {
                entered.incrementAndGet();
                gate.acquire();
            });
            pipeline.put(TestFragments.fragment("plug", Priority.NORMAL));
            eventually(() -> entered.get() == 1);
            for (int i = 0; i < 11; i++) {
                pipeline.put(TestFragments.fragment("f" + i, Priority.NORMAL));
            }
            now.addAndGet(TimeUnit.SECONDS.toNanos(1)); // a batch takes a second
            gate.release();
            eventually(() -> entered.get() == 2);

            assertThat(pipeline.metrics().predictedSojourn()).isEqualTo(Duration.ofSeconds(11));
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> pipeline.put(due(Priority.NORMAL, Duration.ofSeconds(12))))
                    .satisfies(refusal -> assertThat(refusal.predicted()).isEqualTo(Duration.ofSeconds(12)));
            assertThat(pipeline.offer(due(Priority.NORMAL, Duration.ofMillis(12_001))))
                    .isEqualTo(Offer.ACCEPTED);
            assertThat(pipeline.offer(due(Priority.HIGHEST, Duration.ofSeconds(2))))
                    .isEqualTo(Offer.REFUSED_DEADLINE);
            assertThat(pipeline.offer(due(Priority.HIGHEST, Duration.ofMillis(2_001))))
                    .isEqualTo(Offer.ACCEPTED);
            gate.release(100);
            assertThat(pipeline.drain(Duration.ofSeconds(60))).isTrue();
        } finally {
            gate.release(100);
        }
    }

    @Test
    void deadline_passedInAnOutageDoesNotEndTheOutage() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(100, 1), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("held", batch -> {
                if (down.get()) {
                    throw new UnavailableException("down", null);
                }
            });
            CompletionStage<Outcome> late = pipeline.submit(due(Priority.NORMAL, Duration.ofSeconds(1)));
            CompletionStage<Outcome> other = pipeline.submit(TestFragments.fragment("other", Priority.NORMAL));
            eventually(() -> pipeline.state() == PipelineState.UNAVAILABLE);
            clock.advance(Duration.ofSeconds(2));
            assertThat(late.toCompletableFuture().get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Expired.class);
            assertThat(pipeline.state()).isEqualTo(PipelineState.UNAVAILABLE);
            assertThat(pipeline.metrics().outages()).isEqualTo(1);
            down.set(false);
            assertThat(other.toCompletableFuture().get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Processed.class);
        }
    }

    @Test
    void put_doesNotWaitBeyondTheDeadline() throws Exception {
        try (LanePipelines pipelines = new LanePipelines(TestSettings.of(1, 1), context, System::nanoTime)) {
            IngestionPipeline<String> pipeline = pipelines.open("full", batch -> {});
            pipeline.pause();
            pipeline.put(TestFragments.fragment("first", Priority.NORMAL));

            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> pipeline.put(due(Priority.NORMAL, Duration.ofMillis(20))))
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Offer.REFUSED_DEADLINE));
            assertThat(pipeline.metrics().accepted()).isEqualTo(1);
            pipeline.resume();
        }
    }

    @Test
    void deadline_passedInABatchThatCloseEndsStillExpiresTheFragment() throws Exception {
        AtomicInteger entered = new AtomicInteger();
        Map<String, String> two = Map.of(
                "batchSizing", "fixed", "initialBatch", "2", "maxBatch", "2", "closeTimeout", "20ms", "workers", "1");
        try (LanePipelines pipelines = new LanePipelines(Settings.of(LanePipelinesSettings.class, two), context)) {
            IngestionPipeline<String> pipeline = pipelines.open("closed", batch -> {
                entered.incrementAndGet();
                new CountDownLatch(1).await();
            });
            pipeline.pause();
            CompletionStage<Outcome> late = pipeline.submit(due(Priority.NORMAL, Duration.ofSeconds(1)));
            CompletionStage<Outcome> live = pipeline.submit(TestFragments.fragment("live", Priority.NORMAL));
            clock.advance(Duration.ofSeconds(2));
            pipeline.resume();
            eventually(() -> entered.get() == 1);
            pipeline.close();
            assertThat(late.toCompletableFuture().get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Expired.class);
            assertThat(live.toCompletableFuture().get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Dead.class);
            assertThat(pipeline.metrics().expired()).isEqualTo(1);
        }
    }

    @Test
    void oldestAge_isThatOfTheFragmentItself() throws Exception {
        AtomicLong now = new AtomicLong();
        AtomicInteger entered = new AtomicInteger();
        Semaphore gate = new Semaphore(0);
        Map<String, String> aged =
                Map.of("batchSizing", "fixed", "initialBatch", "1", "maxBatch", "1", "ageLimit", "1s", "workers", "1");
        try (LanePipelines pipelines =
                new LanePipelines(Settings.of(LanePipelinesSettings.class, aged), context, now::get)) {
            IngestionPipeline<String> pipeline = pipelines.open("aged", batch -> {
                entered.incrementAndGet();
                gate.acquire();
            });
            pipeline.pause();
            for (int i = 0; i < 17; i++) {
                pipeline.put(TestFragments.fragment("old" + i, Priority.NORMAL));
            }
            now.addAndGet(TimeUnit.SECONDS.toNanos(3));
            pipeline.put(TestFragments.fragment("new", Priority.NORMAL));
            assertThat(pipeline.metrics().oldestAge()).isEqualTo(Duration.ofSeconds(3));
            pipeline.resume();
            gate.release(16);
            eventually(() -> entered.get() == 17);
            assertThat(pipeline.metrics().queued()).isEqualTo(1);
            assertThat(pipeline.metrics().oldestAge()).isZero();
            gate.release(100); // before the pipelines wait for the batch when they close
        } finally {
            gate.release(100);
        }
    }
}
