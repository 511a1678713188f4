package dev.geotherm.api.anchor;

import java.time.Duration;

/**
 * A summary of the stability of a store's anchors.
 *
 * @param anchors the number of anchors
 * @param averageAge their mean age
 * @param averageHeat their mean heat
 * @param averageDrift their mean drift
 * @param churn the fraction of all anchors ever created that were evicted, 0 to 1
 */
public record Stability(int anchors, Duration averageAge, double averageHeat, double averageDrift, double churn) {}
