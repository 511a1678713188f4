package dev.geotherm.testkit.diff;

import java.time.Duration;
import java.util.List;

/**
 * What a clause wants of a differ's settings; all else is left to the implementation.
 *
 * @param depthLimit the deepest path of a change
 * @param ignoredPaths JSON Pointers with {@code *} for one step and {@code **} for any number
 * @param historyRevisions how many deltas a tracked state keeps
 * @param cacheAge after how long a cached result is forgotten
 * @param cacheSize how many results a context cache keeps
 * @param subscriberQueue how many deltas a subscriber may be behind before it gets them in one
 * @param shape what deltas are made of
 */
public record DifferLimits(
        int depthLimit,
        List<String> ignoredPaths,
        int historyRevisions,
        Duration cacheAge,
        int cacheSize,
        int subscriberQueue,
        DeltaShape shape) {

    /** Returns what most clauses want. */
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
