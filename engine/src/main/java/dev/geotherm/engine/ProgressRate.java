package dev.geotherm.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The rate of an operation over its last seconds, and the remaining time at that rate.
 *
 * <p>Thread-safe.
 */
final class ProgressRate {
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(8);
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(500);

    private record Sample(long at, long done) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final long start;
    private long lastDone;
    private long lastAt;

    /** Creates the rate of an operation that starts at a time of {@link System#nanoTime}. */
    ProgressRate(long start) {
        this.start = start;
        samples.add(new Sample(start, 0));
        lastAt = start;
    }

    /** Records the number of done units at a time. Samples are at least half a second apart. */
    synchronized void add(long now, long done) {
        lastAt = now;
        lastDone = done;
        if (now - samples.getLast().at() >= LEAST) {
            samples.add(new Sample(now, done));
        }
        while (samples.size() > 2 && now - samples.getFirst().at() > WINDOW) {
            samples.removeFirst();
        }
    }

    /** Returns the units per second over the last seconds; 0 if unknown. */
    synchronized double perSecond() {
        Sample first = samples.getFirst();
        return rate(lastDone - first.done(), lastAt - first.at());
    }

    private static double rate(long done, long nanos) {
        return nanos < LEAST ? 0 : done * 1e9 / nanos;
    }

    /**
     * Returns the remaining time as a range, from the rates over the last seconds and over the whole time; empty if unknown.
     */
    synchronized String left(long total) {
        double now = perSecond();
        double all = rate(lastDone, lastAt - start);
        if (now <= 0 || all <= 0 || total <= lastDone) {
            return "";
        }
        String least = time((total - lastDone) / Math.max(now, all));
        String most = time((total - lastDone) / Math.min(now, all));
        return (least.equals(most) ? least : least + " to " + most) + " left";
    }

    private static String time(double seconds) {
        if (seconds < 90) {
            return Math.max(1, Math.round(seconds)) + " s";
        }
        return seconds < 5_400
                ? Math.round(seconds / 60) + " min"
                : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }
}
