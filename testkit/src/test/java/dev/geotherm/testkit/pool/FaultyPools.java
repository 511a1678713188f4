package dev.geotherm.testkit.pool;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.testkit.PlantedRuns;
import java.util.EnumSet;
import java.util.Set;

/** The contract for pools with a planted fault; not run as a test, but by {@link ObjectPoolsContractTest}. */
class FaultyPools extends ObjectPoolsContract {
    /** The fault of the pools of an instance; JUnit creates the instance in the thread that runs the contract. */
    static final ThreadLocal<Fault> PLANTED = ThreadLocal.withInitial(() -> Fault.NONE);

    private final Fault fault = PLANTED.get();
    private final Set<PoolCapability> capabilities = PlantedRuns.declared(EnumSet.complementOf(
            EnumSet.of(PoolCapability.PREALLOCATES, PoolCapability.SURVIVES_STACK_OVERFLOW))); // it has a ReentrantLock

    @Override
    protected ObjectPoolsFactory<?> factory() {
        return new Factory(fault);
    }

    @Override
    protected Record settings(PoolLimits limits) {
        return ReferenceSettings.of(limits);
    }

    @Override
    protected Set<PoolCapability> capabilities() {
        return capabilities;
    }

    @Override
    protected boolean ofPoolables() {
        return fault.ordinal() % 2 == 1; // alternating, because faults affect both kinds of objects alike
    }

    private record Factory(Fault fault) implements ObjectPoolsFactory<ReferenceSettings> {
        @Override
        public String name() {
            return "reference";
        }

        @Override
        public String description() {
            return "Reference.";
        }

        @Override
        public Class<ReferenceSettings> settings() {
            return ReferenceSettings.class;
        }

        @Override
        public ObjectPools create(ReferenceSettings settings, ComponentContext context) {
            return new ReferencePools(settings, context, fault);
        }
    }

    /** Pools that declare that they reuse nothing. */
    static final class WithoutReuse extends FaultyPools {
        @Override
        protected Set<PoolCapability> capabilities() {
            EnumSet<PoolCapability> others = EnumSet.copyOf(super.capabilities());
            others.remove(PoolCapability.REUSES_OBJECTS);
            return others;
        }
    }
}
