package dev.geotherm.diff;

import dev.geotherm.api.Settings;
import dev.geotherm.testkit.diff.DifferLimits;
import java.util.Map;

/** Settings for tests: the defaults, but for what a test is about. */
final class TestSettings {
    private TestSettings() {}

    static TreeDifferSettings with(String name, String value) {
        return Settings.of(TreeDifferSettings.class, Map.of(name, value));
    }

    static TreeDifferSettings of(DifferLimits limits) {
        return Settings.of(
                TreeDifferSettings.class,
                Map.of(
                        "depthLimit", "" + limits.depthLimit(),
                        "ignoredPaths", String.join(",", limits.ignoredPaths()),
                        "historyRevisions", "" + limits.historyRevisions(),
                        "cacheAge", limits.cacheAge().toSeconds() + "s",
                        "cacheSize", "" + limits.cacheSize(),
                        "subscriberQueue", "" + limits.subscriberQueue(),
                        "cacheDisk", "1MiB"));
    }
}
