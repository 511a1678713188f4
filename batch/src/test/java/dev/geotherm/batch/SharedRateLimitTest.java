package dev.geotherm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.RateLimit;
import dev.geotherm.api.RateLimits;
import dev.geotherm.api.Rates;
import dev.geotherm.api.Settings;
import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.batch.BatchFunction;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluationListener;
import dev.geotherm.api.batch.EvaluationMode;
import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.testkit.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rate limit of an evaluator, on a clock that the test advances. */
final class SharedRateLimitTest {
    private final AtomicLong now = new AtomicLong();
    private final RateLimits limits = new RateLimits(now::get);
    private final AtomicInteger calls = new AtomicInteger();

    @TempDir
    private Path folder;

    private LocalEvaluator evaluator(String... settings) {
        return new LocalEvaluator(
                Settings.of(
                        LocalEvaluatorSettings.class,
                        Map.of(
                                "batchSize",
                                "1",
                                "maxRetries",
                                "0",
                                settings[0],
                                settings[1],
                                settings[2],
                                settings[3])),
                ComponentContext.standalone("limited").withRateLimits(limits));
    }

    private EvaluationJob<String, String> job(String name, BatchFunction<String, String> function) {
        return new EvaluationJob<>(
                name,
                List.of(new EvaluationItem<>("a", "a"), new EvaluationItem<>("b", "b")),
                function,
                TextNode::valueOf,
                folder.resolve(name + ".jsonl"),
                EvaluationMode.SEQUENTIAL,
                EvaluationListener.none());
    }

    private List<String> counted(List<EvaluationItem<String>> items) {
        calls.incrementAndGet();
        return items.stream().map(EvaluationItem::input).toList();
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    @Test
    void calls_ofTwoEvaluatorsShareTheLimitTheyName() throws InterruptedException {
        try (LocalEvaluator one = evaluator("rateLimit", "api", "requestsPerSecond", "100");
                LocalEvaluator other = evaluator("rateLimit", "api", "requestsPerSecond", "100")) {
            Evaluation first = one.start(job("one", this::counted));
            Evaluation second = other.start(job("other", this::counted));
            for (int call = 1; call <= 4; call++) {
                int expected = call;
                eventually(() -> calls.get() == expected);
                assertThat(limits.get("api").nanosUntilFree()).isPositive();
                now.addAndGet(TimeUnit.MILLISECONDS.toNanos(11));
            }
            assertThat(first.await().progress().done()).isEqualTo(2);
            assertThat(second.await().progress().done()).isEqualTo(2);
        }
        assertThat(limits.get("api").rates()).isEqualTo(Rates.UNLIMITED);
    }

    @Test
    void cost_isThatOfTheItems() throws InterruptedException {
        RateLimit limit = limits.get("cost");
        try (LocalEvaluator evaluator = evaluator("rateLimit", "cost", "costPerMinute", "6000")) {
            Evaluation evaluation = evaluator.start(job("cost", this::counted).withCost(input -> 96));
            eventually(() -> calls.get() == 1);
            assertThat(limit.nanosUntilFree()).isBetween(999_000_000L, 1_001_000_000L);
            now.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertThat(evaluation.await().progress().done()).isEqualTo(2);
        }
    }

    @Test
    void cancel_endsAJobThatWaitsForTheLimit() throws InterruptedException {
        limits.get("held").holdFor(Duration.ofHours(1));
        try (LocalEvaluator evaluator = evaluator("rateLimit", "held", "requestsPerMinute", "0")) {
            Evaluation evaluation = evaluator.start(job("cancelled", this::counted));
            evaluation.cancel();
            EvaluationReport report = evaluation.await();
            assertThat(report.status()).isEqualTo(EvaluationReport.Status.CANCELLED);
            assertThat(report.progress().done()).isZero();
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void retryAfter_holdsTheLimit() {
        RateLimit limit = limits.get("refused");
        try (LocalEvaluator evaluator = evaluator("rateLimit", "refused", "requestsPerMinute", "0")) {
            Evaluation evaluation = evaluator.start(job("refused", items -> {
                throw new IllegalStateException(new UnavailableException("too many", Duration.ofMinutes(2), null));
            }));
            eventually(() -> limit.nanosUntilFree() > 0);
            assertThat(limit.nanosUntilFree()).isEqualTo(TimeUnit.MINUTES.toNanos(2));
            evaluation.cancel();
        }
    }
}
