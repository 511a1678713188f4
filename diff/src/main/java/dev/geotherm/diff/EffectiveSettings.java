package dev.geotherm.diff;

import dev.geotherm.diff.cache.CacheOptions;
import dev.geotherm.diff.compare.CategoryThresholds;
import dev.geotherm.diff.compare.ChangeOptions;
import dev.geotherm.diff.compare.CompareRules;
import dev.geotherm.diff.compare.IdentityKeys;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.state.StateOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings in their effective form, computed once for many calls.
 *
 * @param source the settings
 * @param rules the rules of comparisons
 * @param thresholds the thresholds of categories
 */
record EffectiveSettings(TreeDifferSettings source, CompareRules rules, CategoryThresholds thresholds) {

    EffectiveSettings(TreeDifferSettings source) {
        this(
                source,
                new CompareRules(
                        source.depthLimit(),
                        new IgnoredPaths(source.ignoredPaths(), source.timestampFields()),
                        new IdentityKeys(source.identityKeys()),
                        source.moves(),
                        new ChangeOptions(source.spliceFrom(), source.reversible()),
                        source.numbersByValue()),
                new CategoryThresholds(source.numberThreshold(), source.stringThreshold(), source.listThreshold()));
    }

    /** Returns this if the given settings are the same instance, otherwise their effective form. */
    @SuppressWarnings("ReferenceEquality") // an instance without its own settings has those of the component
    EffectiveSettings with(TreeDifferSettings own) {
        return own == source ? this : new EffectiveSettings(own);
    }

    /** Returns the rules of identity keys, preceded by the given rule. */
    IdentityKeys keysWith(String rule) {
        List<String> all = new ArrayList<>();
        all.add(rule);
        all.addAll(source.identityKeys());
        return new IdentityKeys(all);
    }

    StateOptions ofState() {
        return new StateOptions(
                source.historyRevisions(),
                source.historyBytes().bytes(),
                source.historyAge(),
                source.subscriberQueue(),
                rules.inFull());
    }

    CacheOptions ofCache() {
        return new CacheOptions(
                source.cacheSize(), source.cacheAge(), source.cacheDisk().bytes(), rules, thresholds);
    }
}
