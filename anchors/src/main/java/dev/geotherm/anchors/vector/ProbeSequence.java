package dev.geotherm.anchors.vector;

import java.util.Arrays;

/**
 * The probing sequence of multi-probe LSH: the buckets that a lookup visits, most likely first. Each is a set of
 * flipped signs; its cost is the sum of the squares of their projections, which measure the distance of the vector to
 * those planes.
 */
final class ProbeSequence {
    private final int flipped;
    private final int probes;
    private final float[] costs;
    private final int[] bits;
    private final double[] sums;
    private final long[] sorted;
    private final int[] masks;

    /**
     * Creates a sequence.
     *
     * @param flipped the number of signs that may be flipped: those with the smallest projections
     * @param probes the number of buckets, including the vector's own
     */
    ProbeSequence(int flipped, int probes) {
        this.flipped = flipped;
        this.probes = probes;
        costs = new float[flipped];
        bits = new int[flipped];
        sums = new double[1 << flipped];
        sorted = new long[1 << flipped];
        masks = new int[probes];
    }

    /** Computes the sequence for the given projections. */
    void set(float[] projections, int offset, int length) {
        choose(projections, offset, length);
        for (int set = 0; set < sums.length; set++) {
            int lowest = Integer.numberOfTrailingZeros(set);
            sums[set] = set == 0 ? 0 : sums[set & (set - 1)] + costs[lowest];
            // Positive floats sort like their bits; the set itself breaks ties.
            sorted[set] = ((long) Float.floatToIntBits((float) sums[set]) << 32) | set;
        }
        Arrays.sort(sorted);
        for (int probe = 0; probe < probes; probe++) {
            int set = (int) sorted[probe];
            int mask = 0;
            for (int i = 0; i < flipped; i++) {
                mask |= ((set >>> i) & 1) << bits[i];
            }
            masks[probe] = mask;
        }
    }

    /** Returns the signs to flip for the given probe; the first probe flips none. */
    int flips(int probe) {
        return masks[probe];
    }

    private void choose(float[] projections, int offset, int length) {
        Arrays.fill(costs, Float.POSITIVE_INFINITY);
        for (int bit = 0; bit < length; bit++) {
            float cost = projections[offset + bit] * projections[offset + bit];
            int place = flipped;
            while (place > 0 && cost < costs[place - 1]) {
                place--;
                if (place + 1 < flipped) {
                    costs[place + 1] = costs[place];
                    bits[place + 1] = bits[place];
                }
            }
            if (place < flipped) {
                costs[place] = cost;
                bits[place] = bit;
            }
        }
    }
}
