package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;

/**
 * A Guice module that binds {@link Knowledge} in an application's injector. Install it together with {@code
 * GeothermModule}, which binds the platform.
 *
 * <p>The engine opens when it is first injected. Injectors close nothing: close the {@link Knowledge}, then the
 * platform.
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

    @Override
    protected void configure() {
        Provider<Platform> platform = getProvider(Platform.class);
        bind(Knowledge.class)
                .toProvider((Provider<Knowledge>) () -> Knowledge.open(platform.get(), folder, upkeep))
                .in(Singleton.class);
    }
}
