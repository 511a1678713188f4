package dev.geotherm.api.anchor;

import java.time.Duration;

/**
 * How stable the anchors of a store are.
 *
 * @param anchors how many there are
 * @param averageAge the mean time since they were created
 * @param averageHeat the mean of their heats
 * @param averageDrift the mean of their drifts
 * @param churn the part of all anchors ever created that was evicted, 0 to 1
 */
public record Stability(int anchors, Duration averageAge, double averageHeat, double averageDrift, double churn) {}
