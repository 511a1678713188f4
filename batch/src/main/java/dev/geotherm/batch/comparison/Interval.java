package dev.geotherm.batch.comparison;

import java.util.Arrays;

/**
 * The 95 % confidence interval of a mean, from Student's t distribution.
 *
 * @param low the lower end; {@code NaN} if there are fewer than two values
 * @param high the upper end; {@code NaN} if there are fewer than two values
 */
public record Interval(double low, double high) {
    private static final double TAILS = 0.05;

    /** Returns the interval of the mean of some values. */
    public static Interval ofMean(double[] values) {
        if (values.length < 2) {
            return new Interval(Double.NaN, Double.NaN);
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double half = new StudentT(values.length - 1).withTails(TAILS) * standardError(values, mean);
        return new Interval(mean - half, mean + half);
    }

    /** Returns the standard error of a mean of two or more values. */
    static double standardError(double[] values, double mean) {
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
