package dev.geotherm.streaming.sizing;

/**
 * A learned quantile of the ratio of actual to expected times: it rises after a ratio above it and falls a little after each other
 * one, so that a fixed proportion of ratios is above it, whatever their distribution.
 */
final class Margin {
    private static final double PROPORTION_ABOVE = 0.0085;
    private static final double STEP = 0.025;
    private static final double INITIAL = 1.2;
    private static final double LARGEST = 3;

    private double margin = INITIAL;

    double get() {
        return margin;
    }

    void learn(double ratio) {
        double step = ratio > margin ? STEP * (1 - PROPORTION_ABOVE) : -STEP * PROPORTION_ABOVE;
        margin = Math.min(Math.max(1, margin * (1 + step)), LARGEST);
    }
}
