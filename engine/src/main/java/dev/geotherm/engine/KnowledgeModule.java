package dev.geotherm.engine;

import com.google.inject.AbstractModule;
import dev.geotherm.api.Component;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.runtime.Injectors;
import dev.geotherm.profiles.runtime.Platform;
import java.time.Clock;

/**
 * The module of the injector that wires one {@link Knowledge}.
 *
 * <p>It is never installed in an application's injector, which can have its own scheduler.
 */
final class KnowledgeModule extends AbstractModule {
    private final Platform platform;
    private final KnowledgeFolder folder;
    private final StoreGenerations generations;
    private final EngineSettings settings;
    private final Scheduler scheduler;

    KnowledgeModule(
            Platform platform,
            KnowledgeFolder folder,
            StoreGenerations generations,
            EngineSettings settings,
            Scheduler scheduler) {
        this.generations = generations;
        this.platform = platform;
        this.folder = folder;
        this.settings = settings;
        this.scheduler = scheduler;
    }

    @Override
    protected void configure() {
        bind(Platform.class).toInstance(platform);
        for (ComponentKind kind : ComponentKind.values()) {
            bindComponent(kind.componentType());
        }
        bind(KnowledgeFolder.class).toInstance(folder);
        bind(StoreGenerations.class).toInstance(generations);
        bind(Clock.class).toInstance(platform.context("engine").clock());
        bind(EngineSettings.class).toInstance(settings);
        bind(Scheduler.class).toInstance(scheduler);
        Injectors.bindConstructor(binder(), DeadLetterFile.class);
        Injectors.bindConstructor(binder(), ChunkProcessor.class);
        Injectors.bindConstructor(binder(), KnowledgeSearch.class);
        Injectors.bindConstructor(binder(), Ingestion.class);
        Injectors.bindConstructor(binder(), RetrievalEvaluation.class);
        Injectors.bindConstructor(binder(), Upkeep.class);
        Injectors.bindConstructor(binder(), SourceIngestion.class);
        Injectors.bindConstructor(binder(), KnowledgeSession.class);
        Injectors.bindConstructor(binder(), Knowledge.class);
    }

    private <C extends Component> void bindComponent(Class<C> type) {
        bind(type).toInstance(platform.component(type));
    }
}
