package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate limits in virtual time. */
final class RateLimitTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private long now = 5;
    private final RateLimits limits = new RateLimits(() -> now);

    private record Request(long sent, long arrives, long cost) {}

    @Test
    void acquire_withoutRatesNeverWaits() throws InterruptedException {
        RateLimit limit = limits.get("any");
        for (int i = 0; i < 100; i++) {
            assertThat(limit.acquire(1_000_000, this::pass)).isZero();
        }
        assertThat(limit.largestCost()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void acquire_spacesRequestsEvenly() throws InterruptedException {
        RateLimit limit = limits.get("even");
        limit.use(this, Rates.perMinute(60, 0));
        assertThat(limit.acquire(1, this::pass)).isZero();
        assertThat(limit.acquire(1, this::pass)).isBetween(Duration.ofMillis(1041), Duration.ofMillis(1042));
        assertThat(limit.acquire(1, this::pass)).isBetween(Duration.ofMillis(1041), Duration.ofMillis(1042));
    }

    @Test
    void acquire_afterAPauseDoesNotWaitAndNoBurstFollows() throws InterruptedException {
        RateLimit limit = limits.get("paused");
        limit.use(this, Rates.perMinute(60, 0));
        limit.acquire(1, this::pass);
        now += MINUTE;
        assertThat(limit.acquire(1, this::pass)).isZero();
        assertThat(limit.acquire(1, this::pass)).isPositive();
    }

    @Test
    void tryAcquire_takesNothingIfItHasToWait() {
        RateLimit limit = limits.get("trying");
        limit.use(this, Rates.perMinute(60, 0));
        assertThat(limit.tryAcquire(1)).isZero();
        long wait = limit.tryAcquire(1);
        assertThat(wait).isPositive();
        assertThat(limit.tryAcquire(1)).isEqualTo(wait);
        now += wait;
        assertThat(limit.tryAcquire(1)).isZero();
    }

    @Test
    void correct_delaysOrAdvancesTheNextRequest() {
        RateLimit limit = limits.get("corrected");
        limit.use(this, Rates.perMinute(0, 6_000));
        assertThat(limit.tryAcquire(96)).isZero();
        long expected = limit.nanosUntilFree();
        limit.correct(96, 192);
        assertThat(limit.nanosUntilFree()).isBetween(2 * expected - MILLI, 2 * expected + MILLI);
        limit.correct(192, 0);
        assertThat(limit.nanosUntilFree()).isLessThanOrEqualTo(0);
    }

    @Test
    void holdFor_holdsEveryRequestAndTheLongestApplies() throws InterruptedException {
        RateLimit limit = limits.get("held");
        limit.holdFor(Duration.ofSeconds(30));
        limit.holdFor(Duration.ofSeconds(10));
        assertThat(limit.tryAcquire(1)).isEqualTo(TimeUnit.SECONDS.toNanos(30));
        assertThat(limit.acquire(1, this::pass)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limit.acquire(1, this::pass)).isZero();
        limit.holdFor(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(limit.nanosUntilFree()).isGreaterThan(TimeUnit.DAYS.toNanos(10_000));
    }

    @Test
    void use_theLowestRatesOfAllUsersApply() {
        RateLimit limit = limits.get("several");
        limit.use("one", new Rates(0, 600, 0, 100_000));
        limit.use("other", new Rates(5, 900, 0, 50_000));
        limit.use("third", Rates.UNLIMITED);
        assertThat(limit.rates()).isEqualTo(new Rates(5, 600, 0, 50_000));
        assertThat(limit.largestCost()).isEqualTo(1_000);
        limit.use("other", Rates.UNLIMITED);
        assertThat(limit.rates()).isEqualTo(new Rates(0, 600, 0, 100_000));
        limit.leave("one");
        limit.leave("nobody");
        assertThat(limit.rates().isUnlimited()).isTrue();
    }

    @Test
    void get_sharesByNameUnlessItIsEmpty() {
        assertThat(limits.get("a")).isSameAs(limits.get("a")).isNotSameAs(limits.get("b"));
        assertThat(limits.get("")).isNotSameAs(limits.get(""));
    }

    @Test
    void acquire_whatTheWaitThrowsTakesNothing() {
        RateLimit limit = limits.get("ended");
        limit.holdFor(Duration.ofSeconds(1));
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> limit.acquire(1, nanos -> {
                    throw new InterruptedException();
                }));
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(limit.tryAcquire(1)).isZero();
    }

    @Test
    void rates_refuseNegativeOnes() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> new Rates(-1, -2, -3, -4))
                .withMessageContainingAll("requestsPerSecond", "requestsPerMinute", "costPerSecond", "costPerMinute");
    }

    /**
     * 600 requests and 100,000 tokens per minute, for ten minutes: at least 95 % of the limit is used, and nothing is
     * refused.
     */
    @ParameterizedTest
    @ValueSource(ints = {500, 1_000, 1_500, 2_000})
    void provider_isUsedToNinetyFivePercentWithoutARefusal(int largest) {
        RateLimit limit = limits.get("provider");
        limit.use(this, Rates.perMinute(600, 100_000));
        List<Request> requests = sendFor(10, limit, new Random(largest), largest);

        assertThat(refused(requests, new FakeProvider(600, 100_000))).isZero();
        assertThat(costPerMinute(requests, 10)).isGreaterThanOrEqualTo(0.95 * 100_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void provider_isUsedToNinetyFivePercentOfItsRequests(long seed) {
        RateLimit limit = limits.get("provider");
        limit.use(this, Rates.perMinute(600, 100_000));
        List<Request> requests = sendFor(10, limit, new Random(seed), 100);

        assertThat(refused(requests, new FakeProvider(600, 100_000))).isZero();
        assertThat(requests.size() / 10.0).isGreaterThanOrEqualTo(0.95 * 600);
    }

    @Test
    void noMinuteHasMoreThanTheLimits() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int perMinute = 1 + random.nextInt(100);
            int costPerMinute = 10 + random.nextInt(100_000);
            RateLimit limit = limits.get("random" + seed);
            limit.use(this, Rates.perMinute(perMinute, costPerMinute));
            FakeProvider provider = new FakeProvider(perMinute, costPerMinute);
            for (int i = 0; i < 200; i++) {
                long cost = 1 + random.nextInt((int) (limit.largestCost() * (random.nextInt(8) == 0 ? 10 : 1)));
                for (long wait = limit.tryAcquire(cost); wait > 0; wait = limit.tryAcquire(cost)) {
                    now += wait;
                }
                assertThat(provider.accepts(cost, now))
                        .as("seed %s, request %s", seed, i)
                        .isTrue();
                now += random.nextInt(4) == 0 ? random.nextInt(20_000) * MILLI : 0;
            }
        }
    }

    /** Sends requests as fast as the limit allows; each arrives up to 300 ms later. */
    private List<Request> sendFor(int minutes, RateLimit limit, Random random, int largest) {
        List<Request> requests = new ArrayList<>();
        long end = now + minutes * MINUTE;
        while (now < end) {
            long cost = 1 + random.nextInt(largest);
            for (long wait = limit.tryAcquire(cost); wait > 0; wait = limit.tryAcquire(cost)) {
                now += wait;
            }
            requests.add(new Request(now, now + random.nextInt(300) * MILLI, cost));
        }
        return requests;
    }

    private static long refused(List<Request> requests, FakeProvider provider) {
        return requests.stream()
                .sorted(Comparator.comparingLong(Request::arrives))
                .filter(request -> !provider.accepts(request.cost(), request.arrives()))
                .count();
    }

    private static double costPerMinute(List<Request> requests, int minutes) {
        return requests.stream().mapToLong(Request::cost).sum() / (double) minutes;
    }

    private void pass(long nanos) {
        now += nanos;
    }
}
