package dev.geotherm.testkit.diff;

import java.time.Duration;
import java.util.List;

/**
 * The limits of a differ that a clause needs.
 *
 * @param depthLimit the maximum depth of a change's path
 * @param ignoredPaths JSON Pointers with {@code *} for one step and {@code **} for any number of steps
 * @param historyRevisions the number of deltas in the history of a tracked state
 * @param cacheAge the age at which a cached value expires
 * @param cacheSize the number of values in a context cache
 * @param subscriberQueue the number of deltas that a subscriber can lag behind before it receives a composed delta
 * @param shape the shape of deltas
 */
public record DifferLimits(
        int depthLimit,
        List<String> ignoredPaths,
        int historyRevisions,
        Duration cacheAge,
        int cacheSize,
        int subscriberQueue,
        DeltaShape shape) {

    /** Returns the limits that most clauses use. */
    public static DifferLimits usual() {
        return new DifferLimits(10, List.of(), 1000, Duration.ofHours(1), 100, 256, DeltaShape.usual());
    }

    DifferLimits withDepthLimit(int limit) {
        return new DifferLimits(limit, ignoredPaths, historyRevisions, cacheAge, cacheSize, subscriberQueue, shape);
    }

    DifferLimits ignoring(String... patterns) {
        return new DifferLimits(
                depthLimit, List.of(patterns), historyRevisions, cacheAge, cacheSize, subscriberQueue, shape);
    }

    DifferLimits withHistory(int revisions) {
        return new DifferLimits(depthLimit, ignoredPaths, revisions, cacheAge, cacheSize, subscriberQueue, shape);
    }

    DifferLimits withCacheSize(int size) {
        return new DifferLimits(depthLimit, ignoredPaths, historyRevisions, cacheAge, size, subscriberQueue, shape);
    }

    DifferLimits withQueue(int deltas) {
        return new DifferLimits(depthLimit, ignoredPaths, historyRevisions, cacheAge, cacheSize, deltas, shape);
    }

    DifferLimits withShape(DeltaShape wanted) {
        return new DifferLimits(
                depthLimit, ignoredPaths, historyRevisions, cacheAge, cacheSize, subscriberQueue, wanted);
    }
}
