package dev.geotherm.diff;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;
import java.util.List;

/**
 * The settings of {@link TreeDiffer}.
 *
 * @param depthLimit containers this many steps below the root are replaced as a whole; 0 to 500
 * @param compression whether encoded deltas are compressed
 * @param cacheAge after how long a cached result is forgotten
 * @param cacheSize how many results one context cache keeps
 * @param ignoredPaths patterns of paths that do not count: JSON Pointers in which {@code *} stands for one step and
 *     {@code **} for any number of steps, none included
 * @param timestampFields names of members that do not count wherever they stand
 * @param numberThreshold changes of numbers of a smaller magnitude do not count in the category; 0 to 1
 * @param stringThreshold the same for strings
 * @param listThreshold the same for arrays that are replaced as a whole
 * @param historyRevisions how many deltas a tracked state keeps
 * @param historyBytes how large all of them together may be, roughly
 * @param historyAge after how long a delta is forgotten
 * @param compressionPolicy what counts when the method of compression is chosen
 */
public record TreeDifferSettings(
        @Setting(byDefault = "10", description = "Depth below which containers are replaced as a whole.")
        int depthLimit,

        @Setting(byDefault = "true", description = "Whether encoded deltas are compressed.")
        boolean compression,

        @Setting(byDefault = "1h", description = "Time after which a cached result is forgotten.")
        Duration cacheAge,

        @Setting(byDefault = "1000", description = "Number of results that one context cache keeps.")
        int cacheSize,

        @Setting(
                byDefault = "",
                description = "JSON Pointers of paths that do not count, with * for one step and ** for any number.")
        List<String> ignoredPaths,

        @Setting(byDefault = "", description = "Names of members that do not count wherever they stand.")
        List<String> timestampFields,

        @Setting(byDefault = "0", description = "Magnitude from which a changed number counts in the category.")
        double numberThreshold,

        @Setting(byDefault = "0", description = "Magnitude from which a changed string counts in the category.")
        double stringThreshold,

        @Setting(byDefault = "0", description = "Magnitude from which a replaced array counts in the category.")
        double listThreshold,

        @Setting(byDefault = "1000", description = "Number of deltas that a tracked state keeps.")
        int historyRevisions,

        @Setting(byDefault = "16MiB", description = "Size of the deltas that a tracked state keeps, roughly.")
        DataSize historyBytes,

        @Setting(byDefault = "1h", description = "Time after which a tracked state forgets a delta.")
        Duration historyAge,

        @Setting(
                byDefault = "balanced",
                description = "What counts when encoded deltas are compressed: size, balanced, speed or none.")
        CompressionPolicy compressionPolicy) {

    /** The largest depth limit: the comparison recurses so deep, on whatever stack it is given. */
    static final int DEEPEST = 500;

    /** Copies the lists and checks every setting. */
    public TreeDifferSettings {
        ignoredPaths = List.copyOf(ignoredPaths);
        timestampFields = List.copyOf(timestampFields);
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
                .require(historyRevisions >= 0, "historyRevisions", "must be at least 0, was %s", historyRevisions)
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
