package dev.geotherm.pool.slab;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;

final class SlabPoolsFactoryTest extends ComponentFactoryContract {

    @Override
    protected ComponentFactory<?, ?> factory() {
        return new SlabPoolsFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.POOL;
    }
}
