package dev.geotherm.benchmarks.pool;

import java.util.Locale;

/**
 * One measured value.
 *
 * @param java the feature version of the JDK it was measured on
 * @param scene what was done, such as {@code bare}
 * @param pool by its name in {@link Rivals}
 * @param threads how many used it
 * @param measure what was measured, with its unit in the name where it has one
 * @param value the value
 */
record Figure(int java, String scene, String pool, int threads, String measure, double value) {

    static Figure here(String scene, String pool, int threads, String measure, double value) {
        return new Figure(Runtime.version().feature(), scene, pool, threads, measure, value);
    }

    /** Reads what {@link #line()} wrote. */
    static Figure parse(String line) {
        String[] parts = line.split("\t");
        if (parts.length != 6) {
            throw new IllegalArgumentException("not a figure, expected 6 columns: " + line);
        }
        return new Figure(
                Integer.parseInt(parts[0]),
                parts[1],
                parts[2],
                Integer.parseInt(parts[3]),
                parts[4],
                Double.parseDouble(parts[5]));
    }

    /** Returns the columns, divided by tabs. */
    String line() {
        return String.format(Locale.ROOT, "%d\t%s\t%s\t%d\t%s\t%.4f", java, scene, pool, threads, measure, value);
    }
}
