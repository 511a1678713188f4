package dev.geotherm.diff.state;

/** The mixing functions of hashes, in two lanes of 64 bits. */
final class HashMixer {
    static final long A = 0x9E3779B97F4A7C15L;
    static final long B = 0xC2B2AE3D27D4EB4FL;
    static final long C = 0xD6E8FEB86659FD93L;
    static final long D = 0xA0761D6478BD642FL;

    private HashMixer() {}

    /** The finalizer of SplitMix64: each input bit affects about half of the output bits. */
    static long mix(long value) {
        long z = value + A;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Mixes four characters into the first lane. */
    static long high(long lane, long block) {
        return Long.rotateLeft(lane + block * B, 31) * A;
    }

    /** Mixes four characters into the second lane. */
    static long low(long lane, long block) {
        return Long.rotateLeft(lane + block * C, 27) * D;
    }
}
