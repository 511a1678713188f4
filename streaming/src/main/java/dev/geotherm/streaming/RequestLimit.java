package dev.geotherm.streaming;

import dev.geotherm.api.RateLimit;
import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.RateLimits;
import dev.geotherm.api.Rates;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The rate limit of a pipeline's batches, each of which is a request. Guarded by the queue's monitor. */
final class RequestLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RateLimits limits;
    private RateLimitSettings settings = RateLimitSettings.NONE;

    /** Null if nothing is limited. */
    private @Nullable RateLimit limit;

    /** Creates a limit that does not limit anything yet. */
    RequestLimit(RateLimits limits) {
        this.limits = limits;
    }

    /** Applies new settings. */
    void reconfigure(RateLimitSettings newSettings) {
        boolean none = newSettings.equals(RateLimitSettings.NONE);
        boolean same = limit != null && !none && newSettings.rateLimit().equals(settings.rateLimit());
        if (limit != null && !same) {
            limit.leave(this);
        }
        if (!same) {
            limit = none ? null : limits.get(newSettings.rateLimit());
        }
        if (limit != null) {
            limit.use(this, newSettings.rates());
        }
        settings = newSettings;
    }

    /** Returns the nanoseconds until a batch may start: 0 or less if it may now. */
    long nanosUntilFree() {
        return limit == null ? 0 : limit.nanosUntilFree();
    }

    /** Acquires a request with an expected cost if it may be made now; returns whether it was acquired. */
    boolean tryAcquire(double expectedCost) {
        return limit == null || limit.tryAcquire((long) expectedCost) == 0;
    }

    /** Corrects the cost of a request. */
    void correct(double expectedCost, long cost) {
        if (limit != null) {
            limit.correct((long) expectedCost, cost);
        }
    }

    /** Delays all users of the limit by the time that the service requests. */
    void holdFor(Duration time) {
        if (limit != null && !time.isZero()) {
            limit.holdFor(time);
        }
    }

    /** Returns the cost that a batch of several fragments may have. */
    double largestCost() {
        return limit == null ? Double.POSITIVE_INFINITY : (double) limit.largestCost();
    }

    /** Returns the minimum nanoseconds that a number of requests with a cost take. */
    double nanosFor(double requests, double cost) {
        if (limit == null) {
            return 0;
        }
        Rates rates = limit.rates();
        double seconds = Math.max(
                Math.max(
                        seconds(requests, rates.requestsPerSecond(), 1),
                        seconds(requests, rates.requestsPerMinute(), 60)),
                Math.max(seconds(cost, rates.costPerSecond(), 1), seconds(cost, rates.costPerMinute(), 60)));
        return NANOS_PER_SECOND * seconds;
    }

    private static double seconds(double amount, long rate, int period) {
        return rate == 0 ? 0 : amount * period / rate;
    }

    /** Stops using the limit, and withdraws the rates of this pipeline. */
    void close() {
        reconfigure(RateLimitSettings.NONE);
    }
}
