package dev.geotherm.api;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes, written with or without a binary unit: {@code 512}, {@code 64KiB}, {@code 16MiB}, {@code 2GiB}.
 *
 * @param bytes the number of bytes, at least 0
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,19})\\s*(B|KiB|MiB|GiB)?", Pattern.CASE_INSENSITIVE);
    private static final String EXPECTED = "must be a size such as 512KiB, 64MiB or 2GiB, was '%s'";

    /** Checks that the size is not negative. */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must be at least 0 bytes, was " + bytes);
        }
    }

    /**
     * Parses a size as written in a profile; units are not case-sensitive.
     *
     * @throws IllegalArgumentException if the text is not a size, or the size is 2^63 bytes or more
     */
    public static DataSize parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(String.format(EXPECTED, text));
        }
        String unit = form.group(2) == null ? "b" : form.group(2).toLowerCase(Locale.ROOT);
        try {
            return new DataSize(Math.multiplyExact(Long.parseLong(form.group(1)), bytesOf(unit)));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new IllegalArgumentException(String.format(EXPECTED, text), tooLarge);
        }
    }

    private static long bytesOf(String unit) {
        return switch (unit) {
            case "kib" -> 1L << 10;
            case "mib" -> 1L << 20;
            case "gib" -> 1L << 30;
            default -> 1L;
        };
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Returns the size in its largest whole unit; {@link #parse} reads the text back. */
    @Override
    public String toString() {
        if (bytes == 0) {
            return "0";
        }
        int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, 3);
        String[] names = {"B", "KiB", "MiB", "GiB"};
        return (bytes >> (10 * unit)) + names[unit];
    }
}
