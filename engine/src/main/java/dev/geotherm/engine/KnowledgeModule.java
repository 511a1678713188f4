package dev.geotherm.engine;

import com.google.inject.AbstractModule;
import dev.geotherm.api.Component;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.runtime.Injectors;
import dev.geotherm.profiles.runtime.Platform;

/**
 * The module of the injector that wires one {@link Knowledge}.
 *
 * <p>It is not installed in an application's injector, which can have its own scheduler.
 */
final class KnowledgeModule extends AbstractModule {
    private final Platform platform;
    private final KnowledgeFolder folder;
    private final UpkeepSettings upkeep;
    private final Scheduler scheduler;

    KnowledgeModule(Platform platform, KnowledgeFolder folder, UpkeepSettings upkeep, Scheduler scheduler) {
        this.platform = platform;
        this.folder = folder;
        this.upkeep = upkeep;
        this.scheduler = scheduler;
    }

    @Override
    protected void configure() {
        bind(Platform.class).toInstance(platform);
        for (ComponentKind kind : ComponentKind.values()) {
            bindComponent(kind.componentType());
        }
        bind(PassageIndex.class).toInstance(KnowledgeIndex.of(platform));
        bind(KnowledgeFolder.class).toInstance(folder);
        bind(UpkeepSettings.class).toInstance(upkeep);
        bind(Scheduler.class).toInstance(scheduler);
        Injectors.bindConstructor(binder(), DeltaLog.class);
        Injectors.bindConstructor(binder(), DeadLetterFile.class);
        Injectors.bindConstructor(binder(), AnchorIngestion.class);
        Injectors.bindConstructor(binder(), Ingestion.class);
        Injectors.bindConstructor(binder(), RetrievalEvaluation.class);
        Injectors.bindConstructor(binder(), Upkeep.class);
        Injectors.bindConstructor(binder(), Knowledge.class);
    }

    private <C extends Component> void bindComponent(Class<C> type) {
        bind(type).toInstance(platform.component(type));
    }
}
