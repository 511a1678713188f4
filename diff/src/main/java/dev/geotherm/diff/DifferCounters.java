package dev.geotherm.diff;

import dev.geotherm.api.diff.DiffMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What a differ counts. */
public final class DifferCounters {
    private final LongAdder diffs = new LongAdder();
    private final LongAdder changes = new LongAdder();
    private final LongAdder diffNanos = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder deltaBytes = new LongAdder();
    private final LongAdder encodedBytes = new LongAdder();
    private final LongAdder encodeNanos = new LongAdder();
    public final LongAdder cacheHits = new LongAdder();
    public final LongAdder cacheNears = new LongAdder();
    public final LongAdder cacheMisses = new LongAdder();

    void compared(int found, long nanos) {
        diffs.increment();
        changes.add(found);
        diffNanos.add(nanos);
    }

    public void committed(int recorded) {
        commits.increment();
        changes.add(recorded);
    }

    public void encoded(long plain, long stored, long nanos) {
        deltaBytes.add(plain);
        encodedBytes.add(stored);
        encodeNanos.add(nanos);
    }

    DiffMetrics toMetrics() {
        return new DiffMetrics(
                diffs.sum(),
                changes.sum(),
                Duration.ofNanos(diffNanos.sum()),
                commits.sum(),
                deltaBytes.sum(),
                encodedBytes.sum(),
                Duration.ofNanos(encodeNanos.sum()),
                cacheHits.sum(),
                cacheNears.sum(),
                cacheMisses.sum());
    }
}
