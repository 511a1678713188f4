package dev.geotherm.anchors.vector;

/**
 * Vector arithmetic in a fixed order of operations: equal input produces equal results on every JVM.
 */
public final class VectorMath {
    private VectorMath() {}

    /** Returns the dot product. Uses eight independent sums, because a single sum would wait for each addition. */
    public static float dot(float[] a, float[] b) {
        return dot(a, 0, b, 0, a.length);
    }

    /** Returns the dot product of two array ranges. Equal ranges produce equal results, whatever their offsets. */
    public static float dot(float[] a, int aStart, float[] b, int bStart, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (int end = length & ~7; i < end; i += 8) {
            s0 += a[aStart + i] * b[bStart + i];
            s1 += a[aStart + i + 1] * b[bStart + i + 1];
            s2 += a[aStart + i + 2] * b[bStart + i + 2];
            s3 += a[aStart + i + 3] * b[bStart + i + 3];
            s4 += a[aStart + i + 4] * b[bStart + i + 4];
            s5 += a[aStart + i + 5] * b[bStart + i + 5];
            s6 += a[aStart + i + 6] * b[bStart + i + 6];
            s7 += a[aStart + i + 7] * b[bStart + i + 7];
        }
        for (; i < length; i++) {
            s0 += a[aStart + i] * b[bStart + i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** Returns the cosine of two vectors of length 1, clamped to -1 to 1. */
    public static double cosine(float[] a, float[] b) {
        return Math.max(-1, Math.min(1, dot(a, b)));
    }

    /**
     * Returns a copy normalised to length 1, or an all-zero copy of an all-zero vector.
     *
     * @param name the name of the vector in the message
     * @throws IllegalArgumentException if a number is not finite
     */
    public static float[] unit(float[] vector, String name) {
        for (int i = 0; i < vector.length; i++) {
            if (!Float.isFinite(vector[i])) {
                throw new IllegalArgumentException(
                        name + ": the numbers of an embedding must be finite, number " + i + " was " + vector[i]);
            }
        }
        float[] unit = vector.clone();
        normalize(unit);
        for (int i = 0; i < unit.length; i++) {
            unit[i] += 0.0f; // makes a negative zero positive
        }
        return unit;
    }

    /** Normalises a vector of finite numbers to length 1; an all-zero vector stays unchanged. */
    public static void normalize(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        // A vector of length 1 up to rounding stays unchanged, so equal vectors stay equal.
        if (squares == 0 || Math.abs(squares - 1) < 1e-6) {
            return;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
    }

    /** Returns whether all numbers are zero. */
    public static boolean isZero(float[] vector) {
        for (float number : vector) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }
}
