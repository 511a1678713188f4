package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.runtime.GeothermModule;
import java.nio.file.Path;

/**
 * The Guice module that binds {@link Knowledge} over what {@link GeothermModule} binds: the configuration and the
 * components.
 *
 * <p>The engine opens when it is injected first. Injectors close nothing: close the {@link Knowledge}, then the platform.
 */
public final class EngineModule extends AbstractModule {
    private final Path folder;
    private final UpkeepSettings upkeep;

    /** Creates the module of an engine with default upkeep; the folder is as for {@link Knowledge#open}. */
    public EngineModule(Path folder) {
        this(folder, UpkeepSettings.defaults());
    }

    /** Creates the module of an engine; the folder is as for {@link Knowledge#open}. */
    public EngineModule(Path folder, UpkeepSettings upkeep) {
        this.folder = requireNonNull(folder, "folder");
        this.upkeep = requireNonNull(upkeep, "upkeep");
    }

    /** Binds to a provider that calls plain code: for constructors Guice generates classes, about which JDKs warn. */
    @Override
    protected void configure() {
        Provider<Configuration> configuration = getProvider(Configuration.class);
        Provider<ObjectPools> pools = getProvider(ObjectPools.class);
        Provider<StateDiffer> differ = getProvider(StateDiffer.class);
        Provider<IngestionPipelines> pipelines = getProvider(IngestionPipelines.class);
        Provider<BatchEvaluator> evaluator = getProvider(BatchEvaluator.class);
        Provider<Embedder> embedder = getProvider(Embedder.class);
        Provider<AnchorStore> anchors = getProvider(AnchorStore.class);
        Provider<Retriever> retriever = getProvider(Retriever.class);
        bind(Knowledge.class)
                .toProvider((Provider<Knowledge>) () -> Knowledge.open(
                        new EngineComponents(
                                configuration.get(),
                                pools.get(),
                                differ.get(),
                                pipelines.get(),
                                evaluator.get(),
                                embedder.get(),
                                anchors.get(),
                                retriever.get()),
                        folder,
                        upkeep))
                .in(Singleton.class);
    }
}
