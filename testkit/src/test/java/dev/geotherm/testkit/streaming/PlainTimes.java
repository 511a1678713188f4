package dev.geotherm.testkit.streaming;

import dev.geotherm.api.metrics.Distribution;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Durations with the percentiles of the last thousand. Guarded by its owner. */
final class PlainTimes {
    private static final int KEPT = 1_000;

    private final Deque<Long> last = new ArrayDeque<>();
    private long count;
    private long sum;

    void add(long nanos) {
        count++;
        sum += nanos;
        last.addLast(nanos);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    long count() {
        return count;
    }

    Duration sum() {
        return Duration.ofNanos(sum);
    }

    Distribution distribution() {
        long[] sorted = last.stream().mapToLong(nanos -> nanos).sorted().toArray();
        return Distribution.of(
                count,
                count == 0 ? 0 : (double) sum / count,
                percent -> sorted[(int) Math.min(sorted.length - 1, sorted.length * percent / 100)],
                1e-9);
    }
}
