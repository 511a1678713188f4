package dev.geotherm.batch.job;

/**
 * A hill climber that searches for the number of workers with the best throughput.
 *
 * <p>It measures windows with a minimum number of batches and a minimum duration. It keeps a step up if throughput grows by
 * at least half of the gain of perfectly parallel work, and a step down if throughput drops by at most a quarter of that
 * gain. Otherwise it steps back and pauses for some windows. The gap between the two thresholds prevents oscillation. The
 * step size is proportional to the number of workers, because the effect of one worker among many is lost in the noise.
 *
 * <p>Not thread-safe.
 */
final class WorkerTuner {
    private static final long WINDOW_NANOS = 50_000_000;
    private static final int REST_WINDOWS = 8;
    private static final double KEEP_UP = 0.5;
    private static final double KEEP_DOWN = 0.25;

    private final int max;
    private int settled = 1;
    private double settledRate;
    private int workers = 1;
    private boolean up = true;
    private int rest;

    private long windowStart;
    private int windowBatches;
    private long windowItems;
    private int skip;

    WorkerTuner(int max, long now) {
        this.max = max;
        this.windowStart = now;
        this.skip = 1; // the first batch is the warm-up
    }

    int workers() {
        return workers;
    }

    /** Records the end of a batch, and returns the number of workers to use from now on. */
    int onBatch(int items, long now) {
        if (skip > 0) {
            // Started with the previous number of workers.
            skip--;
            windowStart = now;
            return workers;
        }
        windowBatches++;
        windowItems += items;
        long elapsed = now - windowStart;
        if (elapsed >= WINDOW_NANOS && windowBatches >= 2 * workers) {
            int before = workers;
            decide(windowItems / (double) elapsed);
            skip = workers == before ? 0 : Math.max(workers, before);
            windowStart = now;
            windowBatches = 0;
            windowItems = 0;
        }
        return workers;
    }

    private void decide(double rate) {
        if (workers == settled) {
            settledRate = rate;
            if (rest > 0) {
                rest--;
            } else {
                step();
            }
        } else if (isKept(rate)) {
            settled = workers;
            settledRate = rate;
            step();
        } else {
            workers = settled;
            up = !up;
            rest = REST_WINDOWS;
        }
    }

    private boolean isKept(double rate) {
        if (workers > settled) {
            double ideal = (double) workers / settled - 1;
            return rate / settledRate - 1 >= KEEP_UP * ideal;
        }
        double ideal = 1 - (double) workers / settled;
        return 1 - rate / settledRate <= KEEP_DOWN * ideal;
    }

    private void step() {
        if (settled == (up ? max : 1)) {
            up = !up;
            rest = REST_WINDOWS;
            return;
        }
        workers = up ? Math.min(max, settled + Math.max(1, settled / 2)) : settled - Math.max(1, settled / 4);
    }
}
