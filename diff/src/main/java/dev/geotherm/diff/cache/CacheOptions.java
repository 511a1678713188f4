package dev.geotherm.diff.cache;

import dev.geotherm.diff.compare.CategoryThresholds;
import dev.geotherm.diff.compare.CompareRules;
import java.time.Duration;

/**
 * The options of one context cache.
 *
 * @param size the maximum number of values in memory
 * @param age their maximum age
 * @param diskBytes the maximum size on disk; 0 for no disk tier
 * @param rules the rules by which contexts are compared
 * @param thresholds the thresholds for the category of near hits
 */
public record CacheOptions(int size, Duration age, long diskBytes, CompareRules rules, CategoryThresholds thresholds) {}
