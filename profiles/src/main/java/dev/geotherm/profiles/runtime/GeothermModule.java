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
import org.jspecify.annotations.Nullable;

/**
 * A Guice module that binds {@link Platform}, {@link Configuration}, {@link Telemetry} and the interface of every kind
 * of component that has an implementation, for an application's injector. It starts the platform on first use of one of
 * them and owns it: closing the module closes the platform, even if the injector could not be created.
 *
 * <pre>{@code
 * try (GeothermModule geotherm = new GeothermModule(configuration, folder)) {
 *     Injector injector = Guice.createInjector(geotherm, new ApplicationModule());
 *     injector.getInstance(Application.class).run();
 * }
 * }</pre>
 *
 * <p>All injectors with the same module instance share its platform. Thread-safe.
 */
public final class GeothermModule extends AbstractModule implements AutoCloseable {
    private final Configuration configuration;
    private final Path workDirectory;
    private final Clock clock;
    private @Nullable Platform platform;
    private boolean closed;

    /** Creates the module of a platform with the system clock; starts nothing. */
    public GeothermModule(Configuration configuration, Path workDirectory) {
        this(configuration, workDirectory, Clock.systemUTC());
    }

    /** Creates the module of a platform with the given clock; starts nothing. */
    public GeothermModule(Configuration configuration, Path workDirectory, Clock clock) {
        this.configuration = requireNonNull(configuration, "configuration");
        this.workDirectory = requireNonNull(workDirectory, "workDirectory");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Not a Guice singleton: a production-stage injector would create it eagerly and never close it. */
    private synchronized Platform platform() {
        if (closed) {
            throw new IllegalStateException("the GeothermModule is closed: create a new one");
        }
        if (platform == null) {
            platform = Platform.start(configuration, workDirectory, clock);
        }
        return platform;
    }

    @Override
    protected void configure() {
        bind(Configuration.class).toInstance(configuration);
        bind(Platform.class).toProvider((Provider<Platform>) this::platform);
        bind(Telemetry.class).toProvider((Provider<Telemetry>) () -> platform().telemetry());
        for (ComponentKind kind : configuration.kinds()) {
            bindComponent(kind.componentType());
        }
    }

    private <C extends Component> void bindComponent(Class<C> type) {
        bind(type).toProvider((Provider<C>) () -> platform().component(type));
    }

    /**
     * Closes the platform if it was started; it cannot be started again. Idempotent.
     *
     * @throws dev.geotherm.api.GeothermException as {@link Platform#close()} does
     */
    @Override
    public synchronized void close() {
        closed = true;
        if (platform != null) {
            platform.close();
        }
    }
}
