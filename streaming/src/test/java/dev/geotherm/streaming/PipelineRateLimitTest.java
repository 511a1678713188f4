package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.RateLimit;
import dev.geotherm.api.RateLimits;
import dev.geotherm.api.Rates;
import dev.geotherm.api.Settings;
import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The rate limit of a pipeline's batches, on a clock that the test advances. */
final class PipelineRateLimitTest {
    private final AtomicLong now = new AtomicLong();
    private final RateLimits limits = new RateLimits(now::get);
    private final ComponentContext context =
            ComponentContext.standalone("limited").withRateLimits(limits);

    private LanePipelines pipelines(String... settings) {
        return new LanePipelines(settings(settings), context);
    }

    private static LanePipelinesSettings settings(String... settings) {
        Map<String, String> texts = new HashMap<>(Map.of("retryDelay", "0ms", "maxBatch", "50", "initialBatch", "50"));
        for (int i = 0; i < settings.length; i += 2) {
            texts.put(settings[i], settings[i + 1]);
        }
        return Settings.of(LanePipelinesSettings.class, texts);
    }

    private static Fragment<String> fragment(String id) {
        return new Fragment<>(id, id, Priority.NORMAL, Instant.EPOCH, Map.of());
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    @Test
    void batches_ofPipelinesShareTheLimitTheyName() throws InterruptedException {
        AtomicInteger batches = new AtomicInteger();
        try (LanePipelines one = pipelines(
                        "rateLimit", "api", "requestsPerSecond", "100", "initialBatch", "1", "maxBatch", "1");
                LanePipelines other = pipelines("rateLimit", "api", "initialBatch", "1", "maxBatch", "1")) {
            IngestionPipeline<String> first = one.open("first", batch -> batches.incrementAndGet());
            IngestionPipeline<String> second = other.open("second", batch -> batches.incrementAndGet());
            for (int i = 0; i < 2; i++) {
                first.put(fragment("a" + i));
                second.put(fragment("b" + i));
            }
            for (int batch = 1; batch <= 4; batch++) {
                int expected = batch;
                eventually(() -> batches.get() == expected);
                assertThat(limits.get("api").nanosUntilFree()).isPositive();
                now.addAndGet(TimeUnit.MILLISECONDS.toNanos(11));
            }
        }
        assertThat(limits.get("api").rates()).isEqualTo(Rates.UNLIMITED);
    }

    @Test
    void batch_hasAtMostTwoHundredthsOfTheCost() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        try (LanePipelines pipelines = pipelines("costPerMinute", "1500000", "batchSizing", "fixed")) {
            IngestionPipeline<String> pipeline = pipelines.open(PipelineSpec.<String>of("cost", batch -> {
                        sizes.add(batch.fragments().size());
                        gate.await();
                    })
                    .withCost(text -> 10_000));
            pipeline.put(fragment("plug"));
            eventually(() -> sizes.size() == 1);
            for (int i = 0; i < 10; i++) {
                pipeline.put(fragment("f" + i));
            }
            gate.countDown();
            for (int batch = 2; batch <= 5; batch++) {
                int expected = batch;
                now.addAndGet(TimeUnit.MINUTES.toNanos(1));
                eventually(() -> sizes.size() == expected);
            }
            assertThat(sizes).containsExactly(1, 3, 3, 3, 1);
        } finally {
            gate.countDown();
        }
    }

    @Test
    void retryAfter_holdsTheLimitForAll() throws InterruptedException {
        RateLimit limit = limits.get("refused");
        try (LanePipelines pipelines = pipelines("rateLimit", "refused", "closeTimeout", "0ms")) {
            IngestionPipeline<String> pipeline = pipelines.open("refused", batch -> {
                throw new UnavailableException("too many requests", Duration.ofMinutes(2), null);
            });
            pipeline.put(fragment("a"));
            eventually(() -> limit.nanosUntilFree() > 0);
            assertThat(limit.nanosUntilFree()).isEqualTo(TimeUnit.MINUTES.toNanos(2));
        }
    }

    @Test
    void reconfigure_changesNameAndRates() {
        try (LanePipelines pipelines = pipelines("rateLimit", "one", "requestsPerMinute", "10")) {
            pipelines.open("any", batch -> {});
            assertThat(limits.get("one").rates()).isEqualTo(Rates.perMinute(10, 0));
            pipelines.reconfigure(settings("rateLimit", "one", "costPerMinute", "70"));
            assertThat(limits.get("one").rates()).isEqualTo(Rates.perMinute(0, 70));
            pipelines.reconfigure(settings("rateLimit", "two", "costPerMinute", "70"));
            assertThat(limits.get("one").rates()).isEqualTo(Rates.UNLIMITED);
            assertThat(limits.get("two").rates()).isEqualTo(Rates.perMinute(0, 70));
            pipelines.reconfigure(settings());
            assertThat(limits.get("two").rates()).isEqualTo(Rates.UNLIMITED);
        }
    }
}
