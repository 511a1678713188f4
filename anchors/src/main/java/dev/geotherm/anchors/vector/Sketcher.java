package dev.geotherm.anchors.vector;

import java.util.Arrays;
import java.util.Random;

/**
 * A maker of sketches: rotates a vector pseudo-randomly, again and again, and reads the signs of its coordinates.
 *
 * <p>A rotation changes the signs of random coordinates and applies the Walsh-Hadamard transform (Ailon and Chazelle, The
 * Fast Johnson-Lindenstrauss Transform, 2009). A sign of a rotated vector is that of a projection onto a random direction
 * (Charikar, Similarity Estimation Techniques from Rounding
 * Algorithms, STOC 2002). The random signs come from a fixed seed, and operations have a fixed order: sketches are equal
 * in every process. Safe for use by many threads.
 */
final class Sketcher {
    /** The number of longs of signs. */
    static final int SIGNS = 8;

    private static final int BLOCK = Long.SIZE;
    /** Rotations before the first coordinate is used, so that vectors with few coordinates are mixed. */
    private static final int MIXING = 2;

    private static final long SEED = 0x67656f746865726dL;

    private final int length;
    /** For each rotation, 1 or -1 for each coordinate. */
    private final float[][] signs;

    Sketcher(int dimension) {
        length = Math.max(BLOCK, Integer.highestOneBit(Math.max(1, dimension - 1)) << 1);
        Random random = new Random(SEED);
        signs = new float[MIXING + Math.max(1, SIGNS * BLOCK / length)][length];
        for (float[] each : signs) {
            for (int i = 0; i < length; i++) {
                each[i] = random.nextBoolean() ? 1 : -1;
            }
        }
    }

    Sketch sketch(float[] vector) {
        float[] rotated = Arrays.copyOf(vector, length);
        long[] bits = new long[SIGNS];
        int block = 0;
        for (int rotation = 0; rotation < signs.length; rotation++) {
            rotate(rotated, signs[rotation]);
            for (int start = 0; rotation >= MIXING && block < SIGNS && start < length; start += BLOCK) {
                bits[block++] = signsOf(rotated, start);
            }
        }
        return new Sketch(bits, Arrays.hashCode(vector));
    }

    private static long signsOf(float[] rotated, int start) {
        long bits = 0;
        for (int i = 0; i < Long.SIZE; i++) {
            // The sign bit of the number itself, without a branch.
            bits |= (long) (Float.floatToRawIntBits(rotated[start + i]) >>> 31) << i;
        }
        return bits;
    }

    /** Changes signs, then applies the Walsh-Hadamard transform in place, two of its steps in each pass. */
    private static void rotate(float[] x, float[] signs) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= signs[i];
        }
        int half = 1;
        for (; 4 * half <= x.length; half *= 4) {
            for (int start = 0; start < x.length; start += 4 * half) {
                for (int i = start; i < start + half; i++) {
                    float a = x[i] + x[i + half];
                    float b = x[i] - x[i + half];
                    float c = x[i + 2 * half] + x[i + 3 * half];
                    float d = x[i + 2 * half] - x[i + 3 * half];
                    x[i] = a + c;
                    x[i + half] = b + d;
                    x[i + 2 * half] = a - c;
                    x[i + 3 * half] = b - d;
                }
            }
        }
        if (half < x.length) {
            for (int i = 0; i < half; i++) {
                float a = x[i];
                x[i] = a + x[i + half];
                x[i + half] = a - x[i + half];
            }
        }
    }
}
