package dev.geotherm.benchmarks.pool;

import java.util.Locale;

/**
 * One measured value.
 *
 * @param run the round in which it was measured: ratios are taken within one
 * @param java the feature version of the JDK it was measured on
 * @param scene what was done, such as {@code bare}
 * @param pool by its name in {@link Rivals}
 * @param threads how many used it
 * @param measure what was measured, with its unit in the name where it has one
 * @param value the value
 */
record Figure(long run, int java, String scene, String pool, int threads, String measure, double value) {

    static Figure here(String scene, String pool, int threads, String measure, double value) {
        return new Figure(0, Runtime.version().feature(), scene, pool, threads, measure, value);
    }

    /** Reads what {@link #line()} wrote. */
    static Figure parse(String line) {
        String[] parts = line.split("\t");
        if (parts.length != 7) {
            throw new IllegalArgumentException("not a figure, expected 7 columns: " + line);
        }
        return new Figure(
                Long.parseLong(parts[0]),
                Integer.parseInt(parts[1]),
                parts[2],
                parts[3],
                Integer.parseInt(parts[4]),
                parts[5],
                Double.parseDouble(parts[6]));
    }

    /** Returns the same as measured in the given round. */
    Figure in(long round) {
        return new Figure(round, java, scene, pool, threads, measure, value);
    }

    /** Returns the columns, divided by tabs. */
    String line() {
        return String.format(
                Locale.ROOT, "%d\t%d\t%s\t%s\t%d\t%s\t%.4f", run, java, scene, pool, threads, measure, value);
    }
}
