package dev.geotherm.delta;

import java.util.Locale;

/**
 * A 128-bit hash of a state.
 *
 * <p>Not cryptographic: it detects accidental differences, not forged ones.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Fingerprint(long high, long low) {

    /**
     * Parses the text form of {@link #toString}.
     *
     * @throws IllegalArgumentException if the text is not 32 hexadecimal digits
     */
    public static Fingerprint parse(String text) {
        if (!text.matches("[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException("a fingerprint must have 32 hexadecimal digits, was '" + text + "'");
        }
        return new Fingerprint(
                Long.parseUnsignedLong(text.substring(0, 16), 16), Long.parseUnsignedLong(text.substring(16), 16));
    }

    /** Returns 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x%016x", high, low);
    }
}
