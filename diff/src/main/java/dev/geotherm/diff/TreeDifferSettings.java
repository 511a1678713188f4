package dev.geotherm.diff;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import dev.geotherm.diff.codec.CompressionPolicy;
import dev.geotherm.diff.compare.IdentityKeys;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.json.JsonLimits;
import java.time.Duration;
import java.util.List;

/**
 * The settings of {@link TreeDiffer}. A named tracked state or context cache can override them.
 *
 * @param depthLimit the depth below the root from which containers are replaced as a whole; 0 to 10,000
 * @param compression whether encoded deltas are compressed
 * @param cacheAge the age at which a cached value expires
 * @param cacheSize the number of values that one context cache keeps in memory
 * @param ignoredPaths patterns of ignored paths: JSON Pointers in which {@code *} stands for one step and {@code **}
 *     for any number of steps, including none
 * @param timestampFields the names of members that are ignored at any path
 * @param numberThreshold the magnitude from which changed numbers count towards the category; 0 to 1
 * @param stringThreshold the same for strings
 * @param listThreshold the same for arrays that are replaced as a whole
 * @param identityKeys the members that identify the elements of arrays, as {@code pattern=member}: the pattern matches
 *     the paths of arrays as in {@code ignoredPaths}, and is empty for the root. Elsewhere the member is {@code id} or
 *     {@code _id}, if every element of both arrays has one and no two are equal
 * @param moves whether an array element that changes position is moved; otherwise it is removed and added
 * @param spliceFrom the length in UTF-16 units from which a text is spliced if the splice is smaller; 0 for never
 * @param reversible whether changes record old values; without them a delta is smaller but cannot be undone
 * @param numbersByValue whether numbers of equal value are equal: {@code 1}, {@code 1.0}, {@code 1e0}; not in tracked
 *     states
 * @param historyRevisions the number of deltas that a tracked state keeps
 * @param historyBytes the approximate memory of these deltas
 * @param historyAge the age at which a delta leaves the history
 * @param compressionPolicy the goal of compression: size or speed
 * @param subscriberQueue the number of deltas by which a subscriber can be behind before it receives a composed one, or
 *     the newest snapshot
 * @param cacheDisk the size of the values that one context cache keeps on disk; 0 for none
 */
public record TreeDifferSettings(
        @Setting(defaultValue = "10", description = "Depth below which containers are replaced as a whole.")
        int depthLimit,

        @Setting(defaultValue = "true", description = "Whether encoded deltas are compressed.", shared = true)
        boolean compression,

        @Setting(defaultValue = "1h", description = "Age at which a cached value expires.")
        Duration cacheAge,

        @Setting(defaultValue = "1000", description = "Number of values that one context cache keeps in memory.")
        int cacheSize,

        @Setting(
                defaultValue = "",
                description = "JSON Pointers of ignored paths, with * for one step and ** for any number.")
        List<String> ignoredPaths,

        @Setting(defaultValue = "", description = "Names of members that are ignored at any path.")
        List<String> timestampFields,

        @Setting(
                defaultValue = "0",
                description = "Magnitude from which a changed number counts in the category.",
                shared = true)
        double numberThreshold,

        @Setting(
                defaultValue = "0",
                description = "Magnitude from which a changed string counts in the category.",
                shared = true)
        double stringThreshold,

        @Setting(
                defaultValue = "0",
                description = "Magnitude from which a replaced array counts in the category.",
                shared = true)
        double listThreshold,

        @Setting(
                defaultValue = "",
                description = "Members that identify the elements of arrays, as /path=member with * and ** in the path;"
                        + " elsewhere id or _id.")
        List<String> identityKeys,

        @Setting(
                defaultValue = "true",
                description = "Whether array elements that change position are moved, not removed and added.")
        boolean moves,

        @Setting(defaultValue = "100", description = "Length from which a changed text is spliced; 0 for never.")
        int spliceFrom,

        @Setting(
                defaultValue = "true",
                description = "Whether changes record old values, so that a delta can be undone.")
        boolean reversible,

        @Setting(
                defaultValue = "false",
                description = "Whether 1, 1.0 and 1e0 are equal; not in tracked states.",
                shared = true)
        boolean numbersByValue,

        @Setting(defaultValue = "1000", description = "Number of deltas that a tracked state keeps.")
        int historyRevisions,

        @Setting(defaultValue = "16MiB", description = "Approximate size of the deltas that a tracked state keeps.")
        DataSize historyBytes,

        @Setting(defaultValue = "1h", description = "Age at which a delta leaves the history of a tracked state.")
        Duration historyAge,

        @Setting(
                defaultValue = "balanced",
                description = "What the compression of deltas optimizes: size, balanced, speed or none.",
                shared = true)
        CompressionPolicy compressionPolicy,

        @Setting(
                defaultValue = "256",
                description = "Number of deltas that a subscriber can be behind before it receives a composed one.")
        int subscriberQueue,

        @Setting(
                defaultValue = "0B",
                description = "Size of the values that one context cache keeps on disk; 0B for none.")
        DataSize cacheDisk) {

    /** The largest depth limit: longer paths cannot be encoded. */
    static final int MAX_DEPTH = JsonLimits.MAX_LEVELS;

    /** Copies the lists and checks every setting. */
    public TreeDifferSettings {
        ignoredPaths = List.copyOf(ignoredPaths);
        timestampFields = List.copyOf(timestampFields);
        identityKeys = List.copyOf(identityKeys);
        Problems problems = new Problems()
                .require(
                        depthLimit >= 0 && depthLimit <= MAX_DEPTH,
                        "depthLimit",
                        "must be from 0 to %s, was %s",
                        MAX_DEPTH,
                        depthLimit)
                .require(!cacheAge.isNegative() && !cacheAge.isZero(), "cacheAge", "must be positive, was %s", cacheAge)
                .require(cacheSize >= 1, "cacheSize", "must be at least 1, was %s", cacheSize)
                .require(spliceFrom >= 0, "spliceFrom", "must be at least 0, was %s", spliceFrom)
                .require(historyRevisions >= 0, "historyRevisions", "must be at least 0, was %s", historyRevisions)
                .require(subscriberQueue >= 1, "subscriberQueue", "must be at least 1, was %s", subscriberQueue)
                .require(!historyAge.isNegative(), "historyAge", "must not be negative, was %s", historyAge);
        share(problems, "numberThreshold", numberThreshold);
        share(problems, "stringThreshold", stringThreshold);
        share(problems, "listThreshold", listThreshold);
        for (String pattern : ignoredPaths) {
            problems.require(
                    IgnoredPaths.isPattern(pattern),
                    "ignoredPaths",
                    "must be JSON Pointers that begin with '/', with * for one step and ** for any number, was '%s'",
                    pattern);
        }
        for (String rule : identityKeys) {
            problems.require(
                    IdentityKeys.isRule(rule),
                    "identityKeys",
                    "must be of the form /path=member, with * for one step and ** for any number, was '%s'",
                    rule);
        }
        problems.throwIfAny();
    }

    /** Returns the effective policy. */
    CompressionPolicy policy() {
        return compression ? compressionPolicy : CompressionPolicy.NONE;
    }

    private static void share(Problems problems, String name, double value) {
        problems.require(value >= 0 && value <= 1, name, "must be from 0 to 1, was %s", value);
    }
}
