package dev.geotherm.pool.none;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;

final class NonePoolsFactoryTest extends ComponentFactoryContract {

    @Override
    protected ComponentFactory<?, ?> factory() {
        return new NonePoolsFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.POOL;
    }
}
