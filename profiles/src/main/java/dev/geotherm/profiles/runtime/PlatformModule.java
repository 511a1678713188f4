package dev.geotherm.profiles.runtime;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.telemetry.Telemetry;
import java.time.Clock;

/**
 * A module that binds the services of a running platform for an injector on top of it: {@link Platform},
 * {@link Configuration}, {@link Telemetry}, {@link Clock}, {@link ComponentContext}, its {@link Scheduler}, and the
 * interface of every kind of component that the platform has.
 *
 * <p>Everything is bound to an instance, so the injector neither starts nor closes anything of the platform.
 */
public final class PlatformModule extends AbstractModule {
    private final Platform platform;
    private final ComponentContext context;

    /**
     * Creates the module.
     *
     * @param platform a running platform
     * @param instance the name of the code built on the platform; see {@link Platform#context(String)}
     */
    public PlatformModule(Platform platform, String instance) {
        this.platform = requireNonNull(platform, "platform");
        this.context = platform.context(instance);
    }

    @Override
    protected void configure() {
        bind(Platform.class).toInstance(platform);
        bind(Configuration.class).toInstance(platform.configuration());
        bind(Telemetry.class).toInstance(platform.telemetry());
        bind(Clock.class).toInstance(context.clock());
        bind(ComponentContext.class).toInstance(context);
        bind(Scheduler.class).toInstance(context.scheduler());
        for (ComponentKind kind : platform.configuration().kinds()) {
            bindComponent(kind.componentType());
        }
    }

    private <C extends Component> void bindComponent(Class<C> type) {
        bind(type).toInstance(platform.component(type));
    }
}
