package dev.geotherm.benchmarks.pool;

import java.util.Locale;

/**
 * One measured value.
 *
 * @param run the round in which it was measured: ratios are computed within one round
 * @param java the feature version of the JDK it was measured on
 * @param scene the scenario, such as {@code bare}
 * @param pool the name of the pool in {@link Rivals}
 * @param threads the number of threads that used it
 * @param measure the measured quantity, with its unit in the name if it has one
 * @param value the value
 */
record Figure(long run, int java, String scene, String pool, int threads, String measure, double value) {

    static Figure here(String scene, String pool, int threads, String measure, double value) {
        return new Figure(0, Runtime.version().feature(), scene, pool, threads, measure, value);
    }

    /** Parses a line that {@link #line()} wrote. */
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

    /** Returns the same value for the given round. */
    Figure in(long round) {
        return new Figure(round, java, scene, pool, threads, measure, value);
    }

    /** Returns the columns, separated by tabs. */
    String line() {
        return String.format(
                Locale.ROOT, "%d\t%d\t%s\t%s\t%d\t%s\t%.4f", run, java, scene, pool, threads, measure, value);
    }
}
