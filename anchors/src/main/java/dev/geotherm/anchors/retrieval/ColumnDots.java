package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import java.util.Arrays;

/**
 * The dot products of a vector with a block of columns. Each exactly equals the result of {@link VectorMath#dot}, with the
 * same eight sums in the same order. The JIT compiler vectorises the loops over columns.
 */
final class ColumnDots {
    private static final int SUMS = 8;

    private final int width;
    private final float[][] sums;
    private final float[] dots;

    ColumnDots(int width) {
        this.width = width;
        sums = new float[SUMS][width];
        dots = new float[width];
    }

    int width() {
        return width;
    }

    /** Returns the dot product with each column, clamped to -1 to 1. The next call reuses the array. */
    float[] of(float[] vector, float[] columns) {
        for (float[] sum : sums) {
            Arrays.fill(sum, 0);
        }
        int even = vector.length & ~(SUMS - 1);
        for (int i = 0; i < vector.length; i++) {
            if (vector[i] != 0) { // a zero changes no sum
                add(vector[i], columns, i * width, sums[i < even ? i % SUMS : 0], width);
            }
        }
        combine(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], dots, width);
        return dots;
    }

    private static void add(float factor, float[] columns, int from, float[] sum, int width) {
        for (int column = 0; column < width; column++) {
            sum[column] += factor * columns[from + column];
        }
    }

    private static void combine(
            float[] s0,
            float[] s1,
            float[] s2,
            float[] s3,
            float[] s4,
            float[] s5,
            float[] s6,
            float[] s7,
            float[] into,
            int width) {
        for (int i = 0; i < width; i++) {
            float sum = ((s0[i] + s1[i]) + (s2[i] + s3[i])) + ((s4[i] + s5[i]) + (s6[i] + s7[i]));
            into[i] = Math.max(-1, Math.min(1, sum));
        }
    }
}
