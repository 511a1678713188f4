package dev.geotherm.profiles.runtime;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ComponentThreads;
import dev.geotherm.api.Extensions;
import dev.geotherm.api.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * The context of one component of a platform, or of code built on the platform.
 *
 * @param instances returns the settings of a named instance
 * @param extensions the installed extensions
 * @param components finds another component by its interface, or throws
 */
record PlatformContext(
        String instance,
        Clock clock,
        Path workDirectory,
        ComponentThreads threads,
        InstanceLookup instances,
        Extensions extensions,
        Function<Class<? extends Component>, Component> components)
        implements ComponentContext {

    @Override
    public <S extends Record> S settings(String name, S settings) {
        return instances.settings(name, settings);
    }

    /** A lookup of the settings of a named instance. */
    @FunctionalInterface
    interface InstanceLookup {
        <S extends Record> S settings(String name, S settings);
    }

    @Override
    public Scheduler scheduler() {
        return threads;
    }

    @Override
    public ExecutorService computeExecutor(String role, int most) {
        return threads.compute(role, most);
    }

    @Override
    public ExecutorService blockingExecutor(String role) {
        return threads.blocking(role);
    }

    @Override
    public <C extends Component> C component(Class<C> type) {
        return type.cast(components.apply(type));
    }
}
