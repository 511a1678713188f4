package dev.geotherm.commonspool2;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;

final class CommonsPoolsFactoryTest extends ComponentFactoryContract {

    @Override
    protected ComponentFactory<?, ?> factory() {
        return new CommonsPoolsFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.POOL;
    }
}
