package dev.geotherm.pool.striped;

import java.util.Arrays;

/** A history of the last measurements of demand; not thread-safe. */
final class DemandHistory {
    private static final int WINDOW = 600;

    private final int[] samples = new int[WINDOW];
    private int count;

    void add(int objects) {
        samples[count % WINDOW] = objects;
        count = count == 2 * WINDOW - 1 ? WINDOW : count + 1;
    }

    /**
     * Returns the number of objects that was sufficient in the given share of the measurements; 0 before the first one.
     */
    int percentile(double share) {
        int size = Math.min(count, WINDOW);
        if (size == 0) {
            return 0;
        }
        int[] sorted = Arrays.copyOf(samples, size);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)];
    }
}
