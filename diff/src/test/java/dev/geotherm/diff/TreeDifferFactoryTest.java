package dev.geotherm.diff;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;

/** The factory of {@code tree} keeps the contract of factories. */
class TreeDifferFactoryTest extends ComponentFactoryContract {

    @Override
    protected ComponentFactory<?, ?> factory() {
        return new TreeDifferFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.DIFF;
    }
}
