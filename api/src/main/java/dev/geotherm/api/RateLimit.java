package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The rate limit of a service, shared by everything that calls it. Requests are spaced evenly, at 96 % of the rates, so that no second
 * or minute has more than the service allows, however it counts.
 *
 * <p>Each user of the limit states the rates that it knows; the lowest ones apply. Safe for use by many threads.
 */
public final class RateLimit {
    /** The stack space for the locks, which a stack overflow would leave held. */
    private static final int STACK_KILOBYTES = 16;

    private static final long LONGEST_HOLD_NANOS = Long.MAX_VALUE / 4;

    private final LongSupplier nanoTime;
    private final long originNanos;
    private final Pacer requests = new Pacer();
    private final Pacer cost = new Pacer();
    private final Map<Object, Rates> users = new HashMap<>();

    /** Held by the next thread in line, while it waits. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private Rates rates = Rates.UNLIMITED;
    private long notBefore;

    /** A wait that a test can control, or that can end early. */
    @FunctionalInterface
    public interface Wait {
        /** Waits for a time, or less. */
        void atMost(long nanos) throws InterruptedException;
    }

    RateLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.originNanos = nanoTime.getAsLong();
    }

    private long now() {
        return nanoTime.getAsLong() - originNanos;
    }

    /** States the rates that a user of this limit knows, instead of those that it has stated before. */
    public synchronized void use(Object user, Rates itsRates) {
        users.put(requireNonNull(user, "user"), requireNonNull(itsRates, "rates"));
        apply();
    }

    /** Removes a user and its rates; does nothing if it has stated none. */
    public synchronized void leave(Object user) {
        users.remove(user);
        apply();
    }

    private void apply() {
        rates = users.values().stream().reduce(Rates.UNLIMITED, Rates::lower);
        requests.limit(rates.requestsPerSecond(), rates.requestsPerMinute());
        cost.limit(rates.costPerSecond(), rates.costPerMinute());
    }

    /** Returns the rates that apply. */
    public synchronized Rates rates() {
        return rates;
    }

    /** Returns the cost that a request of several parts should have at most: 2 % of a minute's or second's; at least 1. */
    public synchronized long largestCost() {
        return (long) Math.max(1, Math.min(Long.MAX_VALUE, cost.largest()));
    }

    /** Returns the nanoseconds until a small request may be sent: 0 or less if it may now. */
    public synchronized long nanosUntilFree() {
        long now = now();
        return Math.max(notBefore - now, Math.max(requests.nanosUntilFree(now), cost.nanosUntilFree(now)));
    }

    /**
     * Takes one request with an expected cost if it may be sent now.
     *
     * @return 0 if it was taken; otherwise nothing was taken, and it is worth trying again after this number of nanoseconds
     */
    public synchronized long tryAcquire(long expectedCost) {
        long now = now();
        long wait = Math.max(
                notBefore - now,
                Math.max(requests.nanosUntilFree(now), cost.nanosUntilRoomFor((double) expectedCost, now)));
        if (wait > 0) {
            return wait;
        }
        requests.take(1, now);
        cost.take((double) expectedCost, now);
        return 0;
    }

    /**
     * Waits until a request with an expected cost may be sent, and takes it. Waiting threads are served in the order of their calls.
     *
     * @return how long it waited
     * @throws InterruptedException if interrupted while waiting; nothing was taken
     */
    public Duration acquire(long expectedCost) throws InterruptedException {
        return acquire(expectedCost, TimeUnit.NANOSECONDS::sleep);
    }

    /** Waits as {@link #acquire(long)} does, with the given wait. If that throws, so does this call, and nothing was taken. */
    public Duration acquire(long expectedCost, Wait wait) throws InterruptedException {
        long start = now();
        StackRoom.require(STACK_KILOBYTES);
        turn.lockInterruptibly();
        try {
            for (long left = tryAcquire(expectedCost); left > 0; left = tryAcquire(expectedCost)) {
                wait.atMost(left);
            }
        } finally {
            turn.unlock();
        }
        return Duration.ofNanos(Math.max(0, now() - start));
    }

    /** Replaces the expected cost of a request by its actual cost. */
    public synchronized void correct(long expectedCost, long actualCost) {
        cost.correct((double) actualCost - expectedCost);
    }

    /** Holds back every request for the time that the service asked for. */
    public synchronized void holdFor(Duration time) {
        notBefore = Math.max(notBefore, now() + Math.min(LONGEST_HOLD_NANOS, TimeUnit.NANOSECONDS.convert(time)));
    }
}
