package dev.geotherm.batch;

import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.testkit.ComponentFactoryContract;

final class LocalEvaluatorFactoryTest extends ComponentFactoryContract {

    @Override
    protected ComponentFactory<?, ?> factory() {
        return new LocalEvaluatorFactory();
    }

    @Override
    protected ComponentKind kind() {
        return ComponentKind.BATCH;
    }
}
