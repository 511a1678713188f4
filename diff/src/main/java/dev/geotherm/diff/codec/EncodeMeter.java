package dev.geotherm.diff.codec;

import dev.geotherm.api.metrics.Distribution;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** A meter of the sizes and times of encoded deltas. Thread-safe. */
public final class EncodeMeter {
    private final LongAdder deltaBytes = new LongAdder();
    private final LongAdder encodedBytes = new LongAdder();
    private final Histogram nanos = new SynchronizedHistogram(2);

    /** Creates a meter at zero. */
    public EncodeMeter() {}

    void encoded(long plain, long stored, long elapsedNanos) {
        deltaBytes.add(plain);
        encodedBytes.add(stored);
        nanos.recordValue(elapsedNanos);
    }

    /** Returns the total size before compression. */
    public long deltaBytes() {
        return deltaBytes.sum();
    }

    /** Returns the total size. */
    public long encodedBytes() {
        return encodedBytes.sum();
    }

    /** Returns the time to encode a delta, in seconds. */
    public Distribution time() {
        Histogram now = nanos.copy();
        return Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9);
    }
}
