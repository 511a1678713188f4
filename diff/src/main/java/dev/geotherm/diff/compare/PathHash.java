package dev.geotherm.diff.compare;

import dev.geotherm.delta.Pointer;

/**
 * The hash of a path, in two lanes.
 *
 * @param high the first lane
 * @param low the second
 */
record PathHash(long high, long low) {
    private static final long HIGH_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long LOW_FACTOR = 0xC2B2AE3D27D4EB4FL;

    static final PathHash ROOT = new PathHash(0x243F6A8885A308D3L, 0x13198A2E03707344L);

    static PathHash of(Pointer path) {
        PathHash hash = ROOT;
        for (String token : path.tokens()) {
            hash = hash.step(token);
        }
        return hash;
    }

    PathHash step(String token) {
        return text(token, high, low);
    }

    /** Returns the hash of a text appended to the given lanes. */
    static PathHash text(String text, long high, long low) {
        long h = high + text.length() * LOW_FACTOR;
        long l = low + text.length() * HIGH_FACTOR;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * HIGH_FACTOR;
            h ^= h >>> 32;
            l = (l ^ text.charAt(i)) * LOW_FACTOR;
            l ^= l >>> 29;
        }
        return new PathHash(mix(h), mix(l));
    }

    /** The finalizer of SplitMix64: each input bit affects about half of the output bits. */
    static long mix(long value) {
        long z = value + HIGH_FACTOR;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
