package dev.geotherm.batch.comparison;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Student's t distribution.
 *
 * @param degrees the degrees of freedom, 1 or more
 */
record StudentT(int degrees) {
    private static final double PRECISION = 1e-12;

    /** Returns the probability of a value at least as far from 0: the weight of both tails. */
    double tails(double t) {
        return RegularizedBeta.value(degrees / (degrees + t * t), degrees / 2.0, 0.5);
    }

    /** Returns the positive value at which both tails together have a probability. */
    double withTails(double probability) {
        double low = 0;
        double high = 1;
        while (tails(high) > probability) {
            low = high;
            high *= 2;
        }
        while (high - low > PRECISION * high) {
            double middle = (low + high) / 2;
            if (tails(middle) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
