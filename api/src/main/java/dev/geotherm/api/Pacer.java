package dev.geotherm.api;

/**
 * A rate limiter that uses the generic cell rate algorithm (ITU-T I.371), a form of token bucket: each amount delays
 * the next one in proportion to its size. The burst is 1 % of a window, which is a minute or a second.
 *
 * <p>The pace is 4 % below the limit, so that no window exceeds the limit, wherever it starts: 2 % for the last amount,
 * 1 % for the burst, and 1 % for requests that arrive out of order. An amount above 2 % of the limit also waits before
 * it is taken.
 *
 * <p>Not thread-safe.
 */
final class Pacer {
    private static final double PACE = 0.96;
    private static final double LARGEST = 0.02;
    private static final double BURST = 0.01;
    private static final double SECOND_NANOS = 1e9;
    private static final double MINUTE_NANOS = 60 * SECOND_NANOS;

    private double nanosPerUnit;
    private double largest = Double.POSITIVE_INFINITY;
    private double windowNanos;

    /** The time from which a small amount may be taken. */
    private long next;

    /** Sets the limits; 0 means unlimited. */
    void limit(long perSecond, long perMinute) {
        double bySecond = perSecond == 0 ? 0 : SECOND_NANOS / (PACE * perSecond);
        double byMinute = perMinute == 0 ? 0 : MINUTE_NANOS / (PACE * perMinute);
        nanosPerUnit = Math.max(bySecond, byMinute);
        largest = Math.min(largest(perSecond), largest(perMinute));
        windowNanos = perMinute == 0 ? SECOND_NANOS : MINUTE_NANOS;
    }

    private static double largest(long limit) {
        return limit == 0 ? Double.POSITIVE_INFINITY : LARGEST * limit;
    }

    /** Returns the largest amount that does not itself wait before it is taken; infinite without a limit. */
    double largest() {
        return largest;
    }

    /** Returns the nanoseconds until a small amount may be taken; 0 or less means now. */
    long nanosUntilFree(long now) {
        return next - now;
    }

    /** Returns the nanoseconds until an amount may be taken; 0 or less means now. */
    long nanosUntilRoomFor(double amount, long now) {
        double excess = Math.max(0, amount - largest);
        return next - now + (long) Math.min(windowNanos, excess * nanosPerUnit);
    }

    /** Takes an amount. */
    void take(double amount, long now) {
        next = Math.max(next, now - (long) (BURST * windowNanos)) + nanos(amount);
    }

    /**
     * Corrects an amount that was taken by its difference from the amount used; a negative difference is given back.
     */
    void correct(double difference) {
        next += nanos(difference);
    }

    private long nanos(double amount) {
        return (long) Math.ceil(amount * nanosPerUnit);
    }
}
