package dev.geotherm.testkit.diff;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.StateDiffer;
import java.util.Set;

/** The contract holds for a differ that can do nothing beyond it. */
final class PlainDifferTest extends StateDifferContract {

    @Override
    protected StateDiffer create(DifferLimits limits, ComponentContext context) {
        return new PlainDiffer(limits, context);
    }

    @Override
    protected Set<DifferCapability> capabilities() {
        return Set.of();
    }
}
