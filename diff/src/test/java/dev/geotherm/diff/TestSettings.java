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
                Map.ofEntries(
                        Map.entry("depthLimit", "" + limits.depthLimit()),
                        Map.entry("ignoredPaths", String.join(",", limits.ignoredPaths())),
                        Map.entry("historyRevisions", "" + limits.historyRevisions()),
                        Map.entry("cacheAge", limits.cacheAge().toSeconds() + "s"),
                        Map.entry("cacheSize", "" + limits.cacheSize()),
                        Map.entry("subscriberQueue", "" + limits.subscriberQueue()),
                        Map.entry("cacheDisk", "1MiB"),
                        Map.entry("moves", "" + limits.shape().moves()),
                        Map.entry("spliceFrom", "" + limits.shape().spliceFrom()),
                        Map.entry("reversible", "" + limits.shape().reversible()),
                        Map.entry("numbersByValue", "" + limits.shape().numbersByValue()),
                        Map.entry(
                                "identityKeys", String.join(",", limits.shape().identityKeys()))));
    }
}
