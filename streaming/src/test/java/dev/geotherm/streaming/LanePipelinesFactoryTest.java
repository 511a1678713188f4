package dev.geotherm.streaming;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;

final class LanePipelinesFactoryTest extends ComponentFactoryContract {
    @Override
    protected ComponentFactory<?, ?> factory() {
        return new LanePipelinesFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.STREAMING;
    }
}
