package dev.geotherm.anchors.vector;

/**
 * Vector arithmetic in a fixed order of operations, so that equal input gives equal results on every JVM.
 */
public final class VectorMath {
    private VectorMath() {}

    /** Returns the dot product; eight independent sums, because a single one would wait for each addition. */
    public static float dot(float[] a, float[] b) {
        int length = a.length;
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
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
            s4 += a[i + 4] * b[i + 4];
            s5 += a[i + 5] * b[i + 5];
            s6 += a[i + 6] * b[i + 6];
            s7 += a[i + 7] * b[i + 7];
        }
        for (; i < length; i++) {
            s0 += a[i] * b[i];
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
     * @param name what the vector belongs to, for the message
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
        return unit;
    }

    /** Normalises a vector of finite numbers to length 1; an all-zero one stays as it is. */
    public static void normalize(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        // A vector of length 1 except for rounding stays as it is, so that equal vectors stay equal.
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
