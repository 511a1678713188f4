package dev.geotherm.benchmarks.streaming;

import dev.geotherm.api.streaming.Fragment;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.infra.Blackhole;

/** The consumer's work: reads each record, consumes processor time and measures latency. Used by one thread at a time. */
final class Sink {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final int tokens;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sum = new AtomicLong();
    private long batchRecords;
    private long batchSum;
    private long batches;
    private volatile Histogram latencies = new Histogram(LONGEST_NANOS, 3);

    /**
     * Creates a sink.
     *
     * @param tokens the work for each record, as in {@link Blackhole#consumeCPU}
     */
    Sink(int tokens) {
        this.tokens = tokens;
    }

    void accept(Fragment<Sample> record) {
        Sample sample = record.content();
        batchRecords++;
        batchSum += sample.number();
        if (tokens > 0) {
            Blackhole.consumeCPU(tokens);
        }
        if (sample.sentNanos() != 0) {
            latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - sample.sentNanos()));
        }
    }

    /** Ends a batch, so that others see its records. */
    void endBatch() {
        sum.lazySet(sum.get() + batchSum);
        batches++;
        received.lazySet(received.get() + batchRecords);
        batchRecords = 0;
        batchSum = 0;
    }

    long received() {
        return received.get();
    }

    /** Returns the sum of all numbers received. */
    long sum() {
        return sum.get();
    }

    double meanBatch() {
        return (double) received.get() / Math.max(1, batches);
    }

    /** Returns what was recorded so far, and starts over. */
    Histogram takeLatencies() {
        Histogram taken = latencies;
        latencies = new Histogram(LONGEST_NANOS, 3);
        return taken;
    }
}
