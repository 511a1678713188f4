package dev.geotherm.cli.terminal;

import java.util.Locale;

/** Formatters of numbers with readable units. */
public final class Units {
    private Units() {}

    /** Returns a size in binary units, such as {@code 3.2 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        return String.format(Locale.ROOT, "%.1f %ciB", bytes / (double) (1L << (10 * unit)), "KMGTPE".charAt(unit - 1));
    }

    /** Returns a duration with two or three digits, such as {@code 38 µs}, {@code 1.2 ms} or {@code 14.0 s}. */
    public static String duration(double seconds) {
        if (seconds >= 1) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        double millis = seconds * 1e3;
        return millis >= 1
                ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.0f \u00b5s", seconds * 1e6);
    }
}
