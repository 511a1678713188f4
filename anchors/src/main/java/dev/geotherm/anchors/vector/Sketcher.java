package dev.geotherm.anchors.vector;

import java.util.Arrays;
import java.util.Random;

/**
 * A thread-safe maker of sketches. It repeatedly rotates a vector pseudo-randomly, and reads the signs of the coordinates
 * and the largest coordinates.
 *
 * <p>A rotation changes the signs of random coordinates and applies a Hadamard transform (Ailon and Chazelle, The Fast
 * Johnson-Lindenstrauss Transform, 2009). A sign of a rotated vector is the sign of a projection onto a random direction
 * (Charikar, Similarity Estimation Techniques from Rounding Algorithms, STOC 2002). The coordinate with the largest absolute
 * value, with its sign, is the nearest axis, a cell of the cross-polytope (Andoni, Indyk, Laarhoven, Razenshteyn, Schmidt,
 * Practical and Optimal LSH for Angular Distance, NIPS 2015): of 256 cells, vectors with a cosine of 0.8 share one far more
 * often than all signs of eight projections agree.
 *
 * <p>The random signs come from a fixed seed, and operations have a fixed order, so sketches are equal in every process.
 */
final class Sketcher {
    /** The number of longs of signs. */
    static final int SIGNS = 8;
    /** The number of peaks. */
    static final int PEAKS = 24;
    /**
     * The number of bits for the largest of 128 coordinates; they are followed by those for the first 32 and the first 4.
     */
    static final int PEAK_BITS = 8;

    static final int MIDDLE_BITS = 6;
    static final int SMALL_BITS = 3;

    private static final int BLOCK = 128;
    private static final int MIDDLE = 32;
    private static final int SMALL = 4;
    /** The number of rotations before the first coordinate is used, to mix the numbers of sparse vectors. */
    private static final int MIXING = 2;

    private static final long SEED = 0x67656f746865726dL;

    private final int length;
    /** By rotation and coordinate: 1 or -1. */
    private final float[][] flips;

    Sketcher(int dimension) {
        length = Math.max(2 * BLOCK, Integer.highestOneBit(Math.max(1, dimension - 1)) << 1);
        Random random = new Random(SEED);
        flips = new float[MIXING + Math.max(1, PEAKS * BLOCK / length)][length];
        for (float[] each : flips) {
            for (int i = 0; i < length; i++) {
                each[i] = random.nextBoolean() ? 1 : -1;
            }
        }
    }

    Sketch sketch(float[] vector) {
        float[] rotated = Arrays.copyOf(vector, length);
        Halves halves = new Halves(length / 2);
        long[] signs = new long[SIGNS];
        int[] peaks = new int[PEAKS];
        int sign = 0;
        int peak = 0;
        for (int rotation = 0; rotation < flips.length; rotation++) {
            halves.rotate(rotated, flips[rotation]);
            if (rotation >= MIXING) {
                for (int start = 0; sign < SIGNS && start < length; start += Long.SIZE) {
                    signs[sign++] = signsOf(rotated, start);
                }
                for (int start = 0; peak < PEAKS && start < length; start += BLOCK) {
                    peaks[peak++] = peaksOf(rotated, start);
                }
            }
        }
        return new Sketch(signs, peaks, Arrays.hashCode(vector));
    }

    private static long signsOf(float[] rotated, int start) {
        long bits = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            // Reads the sign bit directly, without a branch.
            bits |= (long) (Float.floatToRawIntBits(rotated[start + i]) >>> 31) << i;
        }
        return bits;
    }

    private static int peaksOf(float[] rotated, int start) {
        int small = greatest(rotated, start, 0, SMALL, 0);
        int middle = greatest(rotated, start, SMALL, MIDDLE, small);
        int large = greatest(rotated, start, MIDDLE, BLOCK, middle);
        return axis(rotated, start, large)
                | axis(rotated, start, middle) << PEAK_BITS
                | axis(rotated, start, small) << (PEAK_BITS + MIDDLE_BITS);
    }

    /** Returns the largest absolute value so far, with its last bits replaced by its index. */
    private static int greatest(float[] rotated, int start, int from, int to, int before) {
        int greatest = before;
        for (int i = from; i < to; i++) {
            int next = (Float.floatToRawIntBits(rotated[start + i]) & Integer.MAX_VALUE & -BLOCK) | i;
            if (next > greatest) { // rare, so the branch is cheaper than branchless code
                greatest = next;
            }
        }
        return greatest;
    }

    private static int axis(float[] rotated, int start, int greatest) {
        int index = greatest & (BLOCK - 1);
        return index << 1 | Float.floatToRawIntBits(rotated[start + index]) >>> 31;
    }

    /**
     * The halves of a vector during a rotation.
     *
     * <p>Each step adds and subtracts the halves, and shifts the second one by a power of two. After all steps, each
     * coordinate is a signed sum of all coordinates. The result is a Hadamard transform up to the order of rows. Unlike the
     * loops of the usual order, these loops are vectorised by the JIT compiler.
     */
    private static final class Halves {
        private final int half;
        private float[] first;
        private float[] second;
        private float[] sums;
        private final float[] differences;

        Halves(int half) {
            this.half = half;
            first = new float[half];
            second = new float[half];
            sums = new float[half];
            differences = new float[half];
        }

        void rotate(float[] x, float[] flips) {
            for (int i = 0; i < half; i++) {
                first[i] = x[i] * flips[i];
                second[i] = x[half + i] * flips[half + i];
            }
            int shift = 1;
            for (; shift < half; shift <<= 2) {
                addAndSubtractTwice(first, second, shift, sums, differences);
                next(2 * shift);
            }
            if (shift == half) {
                addAndSubtract(first, second, sums, differences);
                next(shift);
            }
            System.arraycopy(first, 0, x, 0, half);
            System.arraycopy(second, 0, x, half, half);
        }

        private void next(int shift) {
            float[] free = first;
            first = sums;
            sums = free;
            System.arraycopy(differences, shift % half, second, 0, half - shift % half);
            System.arraycopy(differences, 0, second, half - shift % half, shift % half);
        }

        /**
         * Does what two steps do, of which the first one shifts by {@code shift}, with the same roundings, and half as
         * many reads and writes.
         */
        private static void addAndSubtractTwice(float[] a, float[] b, int shift, float[] sums, float[] differences) {
            int turn = sums.length - shift;
            for (int i = 0; i < turn; i++) {
                float sum = a[i] + b[i];
                float difference = a[i + shift] - b[i + shift];
                sums[i] = sum + difference;
                differences[i] = sum - difference;
            }
            for (int i = turn; i < sums.length; i++) {
                float sum = a[i] + b[i];
                float difference = a[i - turn] - b[i - turn];
                sums[i] = sum + difference;
                differences[i] = sum - difference;
            }
        }

        private static void addAndSubtract(float[] a, float[] b, float[] sums, float[] differences) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = a[i] + b[i];
                differences[i] = a[i] - b[i];
            }
        }
    }
}
