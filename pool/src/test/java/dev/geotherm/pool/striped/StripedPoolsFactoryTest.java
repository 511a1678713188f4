package dev.geotherm.pool.striped;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;

final class StripedPoolsFactoryTest extends ComponentFactoryContract {

    @Override
    protected ComponentFactory<?, ?> factory() {
        return new StripedPoolsFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.POOL;
    }
}
