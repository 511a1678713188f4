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
 * Binds a platform for somebody's own injector: {@link Platform}, {@link Configuration}, {@link Telemetry} and the
 * interface of every kind of component.
 *
 * <p>The platform starts when the injector is created. Injectors do not close anything: whoever made this one closes the
 * {@link Platform} that it holds. One module is for one injector.
 */
public final class GeothermModule extends AbstractModule {
    private final Configuration configuration;
    private final Path workDirectory;
    private final Clock clock;
    private final Runnable afterClose;

    /** Creates the module of a platform with the system's clock. */
    public GeothermModule(Configuration configuration, Path workDirectory) {
        this(configuration, workDirectory, Clock.systemUTC());
    }

    /** Creates the module of a platform with a clock. */
    public GeothermModule(Configuration configuration, Path workDirectory, Clock clock) {
        this(configuration, workDirectory, clock, () -> {});
    }

    GeothermModule(Configuration configuration, Path workDirectory, Clock clock, Runnable afterClose) {
        this.configuration = requireNonNull(configuration, "configuration");
        this.workDirectory = requireNonNull(workDirectory, "workDirectory");
        this.clock = requireNonNull(clock, "clock");
        this.afterClose = afterClose;
    }

    /**
     * Binds to instances and to providers that call plain code, never to constructors: for those Guice would generate
     * classes, and newer JDKs warn about the way in which it does.
     */
    @Override
    protected void configure() {
        bind(Configuration.class).toInstance(configuration);
        bind(Platform.class)
                .toProvider((Provider<Platform>) () -> Platform.boot(configuration, workDirectory, clock, afterClose))
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
