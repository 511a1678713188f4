package dev.geotherm.profiles.runtime;

import com.google.inject.AbstractModule;
import dev.geotherm.api.Scheduler;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.telemetry.MetricsSource;
import dev.geotherm.profiles.telemetry.Telemetry;
import dev.geotherm.profiles.telemetry.TelemetrySettings;
import java.time.Clock;

/**
 * The module of the injector that wires and starts one platform.
 *
 * <p>It is not installed in an application's injector, because its bindings of the clock and scheduler would clash with
 * those of the application.
 */
final class BootModule extends AbstractModule {
    private final Configuration configuration;
    private final PlatformFolder folder;
    private final Clock clock;

    BootModule(Configuration configuration, PlatformFolder folder, Clock clock) {
        this.configuration = configuration;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    protected void configure() {
        bind(Configuration.class).toInstance(configuration);
        bind(TelemetrySettings.class).toInstance(configuration.telemetry());
        bind(PlatformFolder.class).toInstance(folder);
        bind(Clock.class).toInstance(clock);
        PlatformThreads threads = new PlatformThreads();
        bind(PlatformThreads.class).toInstance(threads);
        bind(Scheduler.class).toInstance(threads.of("telemetry"));
        bind(MetricsSource.class).to(Components.class);
        Injectors.bindConstructor(binder(), Components.class);
        Injectors.bindConstructor(binder(), Telemetry.class);
        Injectors.bindConstructor(binder(), Platform.class);
    }
}
