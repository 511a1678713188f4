package dev.geotherm.testkit.diff;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.StandaloneContext;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.ThreadsLeft;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The fixture of a clause, which creates differs with a clock that does not advance, and closes them. */
final class DifferFixture {
    private final StateDifferContract contract;
    private final String instance = "contract" + UUID.randomUUID();
    private final SettableClock clock = new SettableClock();
    private final List<StateDiffer> made = new ArrayList<>();

    DifferFixture(StateDifferContract contract) {
        this.contract = contract;
    }

    SettableClock clock() {
        return clock;
    }

    boolean has(DifferCapability capability) {
        return contract.capabilities().contains(capability);
    }

    StateDiffer differ(DifferLimits limits) {
        return create(limits, context());
    }

    /** Returns a differ that keeps its files in a folder. */
    StateDiffer differIn(Path folder) {
        return create(DifferLimits.usual(), context().withWorkDirectory(folder));
    }

    /** Returns a differ with a clock from the clause. */
    StateDiffer differWithClock(Clock own) {
        return create(
                DifferLimits.usual(), ComponentContext.standalone(instance).withClock(own));
    }

    /** Returns a differ with a context from the clause. */
    StateDiffer differIn(ComponentContext own) {
        return create(DifferLimits.usual(), own);
    }

    /** Returns a differ with the usual limits, and other limits for one named instance. */
    StateDiffer differWithInstance(String name, DifferLimits limits) {
        Map<String, String> settings = contract.instanceSettings(limits);
        return create(DifferLimits.usual(), context().withInstance(name, settings));
    }

    StandaloneContext context() {
        return ComponentContext.standalone(instance).withClock(clock);
    }

    private StateDiffer create(DifferLimits limits, ComponentContext context) {
        StateDiffer differ = contract.create(limits, context);
        made.add(differ);
        return differ;
    }

    /** Closes the differs and asserts that no thread is left. */
    void close() {
        made.forEach(StateDiffer::close);
        ThreadsLeft.assertNone(instance);
    }
}
