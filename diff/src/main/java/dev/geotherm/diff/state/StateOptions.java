package dev.geotherm.diff.state;

import dev.geotherm.diff.compare.CompareRules;
import java.time.Duration;

/**
 * The options of one tracked state.
 *
 * @param historyRevisions the maximum number of deltas in the history
 * @param historyBytes the maximum memory of these deltas in bytes, approximately
 * @param historyAge the maximum age of these deltas
 * @param subscriberQueue the maximum number of deltas that a subscriber receives one by one; if it is further behind,
 *     it receives a composed delta or a snapshot
 * @param rules the rules for comparing whole new states; no paths are ignored
 */
public record StateOptions(
        int historyRevisions, long historyBytes, Duration historyAge, int subscriberQueue, CompareRules rules) {}
