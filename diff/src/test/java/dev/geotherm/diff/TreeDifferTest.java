package dev.geotherm.diff;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.testkit.diff.DifferCapability;
import dev.geotherm.testkit.diff.DifferLimits;
import dev.geotherm.testkit.diff.StateDifferContract;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The implementation {@code tree} fulfils the contract. */
class TreeDifferTest extends StateDifferContract {

    @Override
    protected StateDiffer create(DifferLimits limits, ComponentContext context) {
        return new TreeDiffer(TestSettings.of(limits), context);
    }

    @Override
    protected Set<DifferCapability> capabilities() {
        return EnumSet.allOf(DifferCapability.class);
    }

    @Override
    protected Map<String, String> instanceSettings(DifferLimits limits) {
        return TestSettings.texts(limits);
    }
}
