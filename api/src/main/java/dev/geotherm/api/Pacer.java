package dev.geotherm.api;

/**
 * A rate limit as a token bucket with a small burst: each amount delays the next one by its share of the time, and a hundredth of
 * unused time can be made up for.
 *
 * <p>The pace is 4 % below the limit, so that no second or minute exceeds the limit, whenever it begins: 2 % for the last amount, 1 % for
 * the burst, and 1 % for requests that arrive later than the ones after them. A larger amount also waits before it is taken.
 *
 * <p>Source: the generic cell rate algorithm (ITU-T I.371). Not safe for use by many threads.
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

    /** The time from which something may be taken. */
    private long next;

    /** Applies other limits; 0 for none. */
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

    /** Returns the largest amount that does not wait before it is taken; can be infinite. */
    double largest() {
        return largest;
    }

    /** Returns the nanoseconds until something small may be taken: 0 or less if it may now. */
    long nanosUntilFree(long now) {
        return next - now;
    }

    /** Returns the nanoseconds until an amount may be taken: 0 or less if it may now. */
    long nanosUntilRoomFor(double amount, long now) {
        double excess = Math.max(0, amount - largest);
        return next - now + (long) Math.min(windowNanos, excess * nanosPerUnit);
    }

    /** Takes an amount. */
    void take(double amount, long now) {
        next = Math.max(next, now - (long) (BURST * windowNanos)) + nanos(amount);
    }

    /** Corrects an amount that was taken: a positive difference was used in addition, a negative one was not used. */
    void correct(double difference) {
        next += nanos(difference);
    }

    private long nanos(double amount) {
        return (long) Math.ceil(amount * nanosPerUnit);
    }
}
