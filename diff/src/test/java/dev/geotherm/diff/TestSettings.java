package dev.geotherm.diff;

import dev.geotherm.api.Settings;
import dev.geotherm.diff.compare.CompareRules;
import dev.geotherm.diff.state.StateOptions;
import dev.geotherm.testkit.diff.DifferLimits;
import java.util.Map;

/** Settings for tests: the defaults, except for values that a test sets. */
public final class TestSettings {
    private TestSettings() {}

    public static TreeDifferSettings with(String name, String value) {
        return Settings.of(TreeDifferSettings.class, Map.of(name, value));
    }

    public static TreeDifferSettings of(DifferLimits limits) {
        return Settings.of(TreeDifferSettings.class, texts(limits));
    }

    static Map<String, String> texts(DifferLimits limits) {
        return Map.ofEntries(
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
                Map.entry("identityKeys", String.join(",", limits.shape().identityKeys())));
    }

    /** Returns the rules of comparisons under some settings. */
    public static CompareRules rules(TreeDifferSettings settings) {
        return new EffectiveSettings(settings).rules();
    }

    /** Returns the options of a state under some settings. */
    public static StateOptions ofState(TreeDifferSettings settings) {
        return new EffectiveSettings(settings).ofState();
    }
}
