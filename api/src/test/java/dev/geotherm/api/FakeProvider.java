package dev.geotherm.api;

import java.util.ArrayDeque;
import java.util.Deque;

/** A service in virtual time that refuses each request with which any minute would have more requests or cost than it allows. */
final class FakeProvider {
    private static final double WINDOW = 60e9;

    private final long requestsPerMinute;
    private final long costPerMinute;
    private final Deque<long[]> accepted = new ArrayDeque<>();
    private long costInWindow;

    FakeProvider(long requestsPerMinute, long costPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
        this.costPerMinute = costPerMinute;
    }

    /** Returns whether it accepts a request that arrives at a time; times never go back. */
    boolean accepts(long cost, long nanos) {
        while (!accepted.isEmpty() && nanos - accepted.getFirst()[0] >= WINDOW) {
            costInWindow -= accepted.removeFirst()[1];
        }
        if (accepted.size() >= requestsPerMinute || costInWindow + cost > costPerMinute) {
            return false;
        }
        accepted.add(new long[] {nanos, cost});
        costInWindow += cost;
        return true;
    }
}
