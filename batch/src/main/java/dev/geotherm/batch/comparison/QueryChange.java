package dev.geotherm.batch.comparison;

/**
 * The change of a query's value from one run to another.
 *
 * @param query the query's id
 * @param baseline the value of the baseline
 * @param candidate the value of the candidate
 */
public record QueryChange(String query, double baseline, double candidate) {

    /** Returns the change of the value: positive if the candidate is better. */
    public double change() {
        return candidate - baseline;
    }
}
