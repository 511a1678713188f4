package dev.geotherm.diff;

import dev.geotherm.diff.codec.CompressionPolicy;
import dev.geotherm.diff.compare.IdentityKeys;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.json.JsonLimits;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The settings of {@link TreeDiffer}.
 *
 * @param depthLimit containers this many steps below the root are replaced as a whole; 0 to 10,000
 * @param compression whether encoded deltas are compressed
 * @param cacheAge after how long a cached result is forgotten
 * @param cacheSize how many results one context cache keeps
 * @param ignoredPaths patterns of paths that do not count: JSON Pointers in which {@code *} stands for one step and
 *     {@code **} for any number of steps, none included
 * @param timestampFields names of members that do not count wherever they stand
 * @param numberThreshold changes of numbers of a smaller magnitude do not count in the category; 0 to 1
 * @param stringThreshold the same for strings
 * @param listThreshold the same for arrays that are replaced as a whole
 * @param identityKeys by which member the elements of arrays are told apart: {@code pattern=member}, the pattern that of
 *     the arrays' paths as in {@code ignoredPaths}, empty for the root; elsewhere {@code id} or {@code _id}, where every
 *     element of both arrays has it with a value of its own
 * @param moves whether an element that goes from one index to another moves; otherwise it is removed and added
 * @param spliceFrom how long a text must be for its changed piece to take the place of the whole where that is smaller,
 *     in UTF-16 units; 0 for never
 * @param reversible whether changes carry the values that go, without which they are smaller but cannot be undone
 * @param numbersByValue whether numbers that are written differently are the same: {@code 1}, {@code 1.0}, {@code 1e0};
 *     not for tracked states
 * @param historyRevisions how many deltas a tracked state keeps
 * @param historyBytes how large all of them together may be, roughly
 * @param historyAge after how long a delta is forgotten
 * @param compressionPolicy what counts when the method of compression is chosen
 * @param subscriberQueue by how many deltas a subscriber may be behind; beyond it gets them in one, or the newest snapshot
 * @param cacheDisk how much the results of one context cache may take on disk; nothing is kept there at 0
 */
public record TreeDifferSettings(
        @Setting(defaultValue = "10", description = "Depth below which containers are replaced as a whole.")
        int depthLimit,

        @Setting(defaultValue = "true", description = "Whether encoded deltas are compressed.")
        boolean compression,

        @Setting(defaultValue = "1h", description = "Time after which a cached result is forgotten.")
        Duration cacheAge,

        @Setting(defaultValue = "1000", description = "Number of results that one context cache keeps.")
        int cacheSize,

        @Setting(
                defaultValue = "",
                description = "JSON Pointers of paths that do not count, with * for one step and ** for any number.")
        List<String> ignoredPaths,

        @Setting(defaultValue = "", description = "Names of members that do not count wherever they stand.")
        List<String> timestampFields,

        @Setting(defaultValue = "0", description = "Magnitude from which a changed number counts in the category.")
        double numberThreshold,

        @Setting(defaultValue = "0", description = "Magnitude from which a changed string counts in the category.")
        double stringThreshold,

        @Setting(defaultValue = "0", description = "Magnitude from which a replaced array counts in the category.")
        double listThreshold,

        @Setting(
                defaultValue = "",
                description =
                        "Members that tell the elements of arrays apart, as /path=member with * and ** in the path;"
                                + " elsewhere id or _id.")
        List<String> identityKeys,

        @Setting(defaultValue = "true", description = "Whether elements of arrays that change places move.")
        boolean moves,

        @Setting(defaultValue = "100", description = "Length from which a changed text is spliced; 0 for never.")
        int spliceFrom,

        @Setting(defaultValue = "true", description = "Whether changes carry the values that go, to be undone.")
        boolean reversible,

        @Setting(defaultValue = "false", description = "Whether 1, 1.0 and 1e0 are the same number.")
        boolean numbersByValue,

        @Setting(defaultValue = "1000", description = "Number of deltas that a tracked state keeps.")
        int historyRevisions,

        @Setting(defaultValue = "16MiB", description = "Size of the deltas that a tracked state keeps, roughly.")
        DataSize historyBytes,

        @Setting(defaultValue = "1h", description = "Time after which a tracked state forgets a delta.")
        Duration historyAge,

        @Setting(
                defaultValue = "balanced",
                description = "What counts when encoded deltas are compressed: size, balanced, speed or none.")
        CompressionPolicy compressionPolicy,

        @Setting(
                defaultValue = "256",
                description = "Number of deltas that a subscriber may be behind before it gets them in one.")
        int subscriberQueue,

        @Setting(
                defaultValue = "0B",
                description = "Size of the results that one context cache keeps on disk; 0B for none.")
        DataSize cacheDisk) {

    /** The largest depth limit: longer paths are not encoded. */
    static final int DEEPEST = JsonLimits.MOST_LEVELS;

    /** Copies the lists and checks every setting. */
    public TreeDifferSettings {
        ignoredPaths = List.copyOf(ignoredPaths);
        timestampFields = List.copyOf(timestampFields);
        identityKeys = List.copyOf(identityKeys);
        Problems problems = new Problems()
                .require(
                        depthLimit >= 0 && depthLimit <= DEEPEST,
                        "depthLimit",
                        "must be from 0 to %s, was %s",
                        DEEPEST,
                        depthLimit)
                .require(
                        !cacheAge.isNegative() && !cacheAge.isZero(),
                        "cacheAge",
                        "must be longer than nothing, was %s",
                        cacheAge)
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

    /** Returns the policy in force. */
    CompressionPolicy policy() {
        return compression ? compressionPolicy : CompressionPolicy.NONE;
    }

    private static void share(Problems problems, String name, double value) {
        problems.require(value >= 0 && value <= 1, name, "must be from 0 to 1, was %s", value);
    }
}
