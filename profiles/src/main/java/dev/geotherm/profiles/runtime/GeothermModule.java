package dev.geotherm.profiles.runtime;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import dev.geotherm.api.Component;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A module that starts a platform with an application's injector and binds {@link Platform}, {@link Configuration},
 * {@link Telemetry} and the interface of every kind of component.
 *
 * <p>The platform starts when the injector is created. Injectors close nothing: close the {@link Platform} yourself.
 * Use a module for one injector only.
 */
public final class GeothermModule extends AbstractModule {
    private final Configuration configuration;
    private final Path workDirectory;
    private final Clock clock;

    /** Creates the module of a platform with the system's clock. */
    public GeothermModule(Configuration configuration, Path workDirectory) {
        this(configuration, workDirectory, Clock.systemUTC());
    }

    /** Creates the module of a platform with a clock. */
    public GeothermModule(Configuration configuration, Path workDirectory, Clock clock) {
        this.configuration = requireNonNull(configuration, "configuration");
        this.workDirectory = requireNonNull(workDirectory, "workDirectory");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    protected void configure() {
        bind(Configuration.class).toInstance(configuration);
        bind(Platform.class)
                .toProvider((Provider<Platform>) () -> Platform.start(configuration, workDirectory, clock))
                .asEagerSingleton();
        Provider<Platform> platform = getProvider(Platform.class);
        bind(Telemetry.class)
                .toProvider((Provider<Telemetry>) () -> platform.get().telemetry());
        for (ComponentKind kind : ComponentKind.values()) {
            bindComponent(kind.componentType(), platform);
        }
    }

    private <C extends Component> void bindComponent(Class<C> type, Provider<Platform> platform) {
        bind(type).toProvider((Provider<C>) () -> platform.get().component(type));
    }
}
