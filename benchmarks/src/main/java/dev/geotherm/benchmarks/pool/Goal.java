package dev.geotherm.benchmarks.pool;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A goal: a ratio to reach.
 *
 * @param text the compared quantities
 * @param atLeast whether the bound is a minimum, otherwise a maximum
 * @param bound the bound
 * @param measured the measured ratio; empty if it was not measured
 */
record Goal(String text, boolean atLeast, double bound, OptionalDouble measured) {

    List<String> cells() {
        if (measured.isEmpty()) {
            return List.of(text, wanted(), "", "not measured");
        }
        double value = measured.getAsDouble();
        boolean met = atLeast ? value >= bound : value <= bound;
        return List.of(text, wanted(), number(value), met ? "yes" : "NO");
    }

    private String wanted() {
        return (atLeast ? ">= " : "<= ") + number(bound);
    }

    /** Formats a number with its significant digits. */
    static String number(double value) {
        String format = value == Math.rint(value) && Math.abs(value) < 1000
                ? "%.0f"
                : Math.abs(value) < 10 ? "%.2f" : Math.abs(value) < 100 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
