package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The rate limit of a service, shared by all its callers. Requests are spaced evenly, at 96 % of the rates, so that no
 * second or minute exceeds what the service allows, whether it counts in fixed or sliding windows.
 *
 * <p>Each user of the limit declares the rates that it knows; the lowest ones apply. Thread-safe.
 */
public final class RateLimit {
    /** The stack space for locking and unlocking: a stack overflow there could leave the lock held. */
    private static final int STACK_KILOBYTES = 16;

    private static final long LONGEST_HOLD_NANOS = Long.MAX_VALUE / 4;

    private final LongSupplier nanoTime;
    private final long originNanos;
    private final Pacer requests = new Pacer();
    private final Pacer cost = new Pacer();
    private final Map<Object, Rates> users = new HashMap<>();

    /** Held by the first thread in the queue while it waits. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private Rates rates = Rates.UNLIMITED;
    private long notBefore;

    /** A way to wait: tests can control it, and it may return early. */
    @FunctionalInterface
    public interface Wait {
        /** Waits for the given time or less. */
        void atMost(long nanos) throws InterruptedException;
    }

    RateLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.originNanos = nanoTime.getAsLong();
    }

    private long now() {
        return nanoTime.getAsLong() - originNanos;
    }

    /** Declares the rates that a user of this limit knows; they replace those that it declared before. */
    public synchronized void use(Object user, Rates itsRates) {
        users.put(requireNonNull(user, "user"), requireNonNull(itsRates, "rates"));
        apply();
    }

    /** Removes a user and its rates; does nothing if it has declared none. */
    public synchronized void leave(Object user) {
        users.remove(user);
        apply();
    }

    private void apply() {
        rates = users.values().stream().reduce(Rates.UNLIMITED, Rates::lower);
        requests.limit(rates.requestsPerSecond(), rates.requestsPerMinute());
        cost.limit(rates.costPerSecond(), rates.costPerMinute());
    }

    /** Returns the effective rates. */
    public synchronized Rates rates() {
        return rates;
    }

    /**
     * Returns the recommended maximum cost of one request, for callers that can split it: 2 % of the cost per minute or
     * second, whichever is less; at least 1.
     */
    public synchronized long largestCost() {
        return (long) Math.max(1, Math.min(Long.MAX_VALUE, cost.largest()));
    }

    /** Returns the nanoseconds until a small request may be sent; 0 or less means now. */
    public synchronized long nanosUntilFree() {
        long now = now();
        return Math.max(notBefore - now, Math.max(requests.nanosUntilFree(now), cost.nanosUntilFree(now)));
    }

    /**
     * Takes one request with an expected cost if it may be sent now.
     *
     * @return 0 if the request was taken; otherwise the nanoseconds after which to try again, and nothing was taken
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
     * Waits until a request with an expected cost may be sent, and takes it. Waiting threads are served in FIFO order.
     *
     * @return how long it waited
     * @throws InterruptedException if interrupted while waiting; nothing was taken
     */
    public Duration acquire(long expectedCost) throws InterruptedException {
        return acquire(expectedCost, TimeUnit.NANOSECONDS::sleep);
    }

    /**
     * Does the same as {@link #acquire(long)} with another way to wait. If that throws, nothing is taken, and this
     * method throws its exception.
     */
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

    /** Holds back all requests for a time, such as the delay that the service asked for. */
    public synchronized void holdFor(Duration time) {
        notBefore = Math.max(notBefore, now() + Math.min(LONGEST_HOLD_NANOS, TimeUnit.NANOSECONDS.convert(time)));
    }
}
