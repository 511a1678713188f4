package dev.geotherm.api;

import java.util.ArrayDeque;
import java.util.Deque;

/** A service in virtual time. It refuses a request that would exceed its requests or cost in any minute. */
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

    /** Returns whether it accepts a request that arrives at the given time; times never decrease. */
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
