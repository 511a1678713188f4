package dev.geotherm.api.metrics;

import java.util.function.DoubleToLongFunction;

/**
 * A summary of recorded values: their number, mean and percentiles, in the unit that the metric declares.
 *
 * @param count the number of recorded values
 * @param mean their mean; 0 if there are no values, like all the following
 * @param min the smallest
 * @param p50 the median
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 * @param max the largest
 */
public record Distribution(long count, double mean, double min, double p50, double p90, double p99, double max) {

    /** The empty distribution. */
    public static final Distribution EMPTY = new Distribution(0, 0, 0, 0, 0, 0, 0);

    /**
     * Returns the summary of a histogram.
     *
     * @param count the number of its values
     * @param mean their mean
     * @param valueAtPercentile the value at a percentile from 0 to 100, as HdrHistogram's method of this name returns
     *     it
     * @param scale one unit of the histogram in the unit of the metric: 1e-9 for nanoseconds in seconds
     */
    public static Distribution of(long count, double mean, DoubleToLongFunction valueAtPercentile, double scale) {
        return count == 0
                ? EMPTY
                : new Distribution(
                        count,
                        mean * scale,
                        valueAtPercentile.applyAsLong(0) * scale,
                        valueAtPercentile.applyAsLong(50) * scale,
                        valueAtPercentile.applyAsLong(90) * scale,
                        valueAtPercentile.applyAsLong(99) * scale,
                        valueAtPercentile.applyAsLong(100) * scale);
    }

    /**
     * Returns this distribution with the values of an earlier one added. Count, mean, minimum and maximum are exact;
     * the percentiles are those of this distribution, unless it is empty.
     */
    public Distribution plus(Distribution earlier) {
        if (count == 0 || earlier.count == 0) {
            return count == 0 ? earlier : this;
        }
        long all = count + earlier.count;
        return new Distribution(
                all,
                (mean * count + earlier.mean * earlier.count) / all,
                Math.min(min, earlier.min),
                p50,
                p90,
                p99,
                Math.max(max, earlier.max));
    }
}
