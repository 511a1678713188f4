package dev.geotherm.batch.comparison;

import dev.geotherm.batch.measure.Measure;

/**
 * A comparison of two runs by one measure.
 *
 * @param measure the measure
 * @param baseline the mean of the baseline
 * @param candidate the mean of the candidate
 * @param interval the 95 % confidence interval of the change of the mean
 * @param tTest the p-value of the paired t-test, two-sided
 * @param randomization the p-value of the paired randomisation test, two-sided
 * @param corrected the p-value of the randomisation test, corrected for the number of compared measures by Holm's method
 * @param better the number of queries with a higher value
 * @param worse the number of queries with a lower value
 * @param same the number of queries with the same value
 */
public record MeasureComparison(
        Measure measure,
        double baseline,
        double candidate,
        Interval interval,
        double tTest,
        double randomization,
        double corrected,
        int better,
        int worse,
        int same) {

    /** Returns the change of the mean: positive if the candidate is better. */
    public double change() {
        return candidate - baseline;
    }

    /** Returns whether the corrected p-value is at most a level, such as 0.05; always true for level 1. */
    public boolean isSignificant(double level) {
        return corrected <= level;
    }
}
