package dev.geotherm.diff.state;

/**
 * Arithmetic modulo the prime 2^61 - 1, and the powers of two bases, one per lane.
 *
 * <p>The hash of a sequence is the sum of its elements' hashes, each times the base to the power of its index. The hash
 * of two concatenated sequences is the hash of the first plus the hash of the second times the base to the power of the
 * first's length. An insertion therefore does not rehash the elements after it.
 */
final class ModularPowers {
    static final long PRIME = (1L << 61) - 1;
    static final ModularPowers HIGH = new ModularPowers(0x0B7E151628AED2A7L);
    static final ModularPowers LOW = new ModularPowers(0x1243F6A8885A308DL);

    private static final int DIGIT_BITS = 5;
    private static final int DIGITS = 7;

    /** At {@code place * 32 + digit}: the base to the power of {@code digit * 32^place}. */
    private final long[] table = new long[DIGITS << DIGIT_BITS];

    final long base;

    private ModularPowers(long base) {
        this.base = base;
        long step = base;
        for (int place = 0; place < DIGITS; place++) {
            long power = 1;
            for (int digit = 0; digit < 1 << DIGIT_BITS; digit++) {
                table[(place << DIGIT_BITS) + digit] = power;
                power = times(power, step);
            }
            step = power;
        }
    }

    /** Returns the base to the power of an exponent. */
    long of(int exponent) {
        long power = table[exponent & 31];
        int rest = exponent >>> DIGIT_BITS;
        for (int place = 1; rest != 0; place++) {
            power = times(power, table[(place << DIGIT_BITS) + (rest & 31)]);
            rest >>>= DIGIT_BITS;
        }
        return power;
    }

    /** Returns the remainder of one lane of a hash. */
    static long residue(long lane) {
        return reduced((lane & PRIME) + (lane >>> 61));
    }

    /**
     * Returns the sum of a run after an element is prepended, so that all other elements move up by one. The result is
     * below 2^62; apply {@link #residue} at the end of the run.
     */
    long before(long sum, long lane) {
        long low = sum * base;
        long high = Math.multiplyHigh(sum, base);
        long loose = (low & PRIME) + (low >>> 61 | high << 3) + (lane & PRIME) + (lane >>> 61);
        return (loose & PRIME) + (loose >>> 61);
    }

    static long plus(long a, long b) {
        return reduced(a + b);
    }

    static long minus(long a, long b) {
        return reduced(a + PRIME - b);
    }

    static long times(long a, long b) {
        long low = a * b;
        long high = Math.multiplyHigh(a, b);
        return reduced((low & PRIME) + (low >>> 61 | high << 3));
    }

    private static long reduced(long sum) {
        return sum >= PRIME ? sum - PRIME : sum;
    }
}
