package dev.geotherm.api;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/**
 * The context of a component: what a component uses and must not make for itself. That is the clock, threads, a folder
 * for files, the settings of named instances, and the components that it may use.
 *
 * <p>Safe for use by many threads.
 */
public interface ComponentContext {

    /** Returns the name of the instance, for logs, threads and metrics: {@code pool}, {@code anchors}, … */
    String instance();

    /**
     * Returns the settings of a named instance (a pool, pipeline, state or cache that is opened through the component):
     * the component's settings, overridden by those that the configuration has for the instance.
     *
     * @param name the instance's name, as given to the component's {@code open} method
     * @param settings the component's settings in force
     * @return {@code settings} itself if nothing is configured for the instance
     * @throws SettingsException if the two together are not valid; cannot happen with the settings that the component was
     *     created with, because a platform checks those before it starts
     */
    <S extends Record> S settings(String name, S settings);

    /** Returns the component's scheduler, for upkeep at intervals and for time limits; the same one at each call. */
    Scheduler scheduler();

    /**
     * Creates an executor for work that computes: platform threads, started when they are needed.
     *
     * <p>The component shuts it down when it closes; a platform that closes shuts down what is left.
     *
     * @param role what the threads do; part of their names: {@code geotherm-<instance>-<role>-<number>}
     * @param threads the most threads; at least 1
     */
    ExecutorService computeExecutor(String role, int threads);

    /**
     * Creates an executor for work that waits: a virtual thread for each task where waiting never blocks a carrier thread
     * (JDK 24 and newer), else a platform thread for each task that runs, reused for a while. The number of tasks that
     * run at once is not bounded.
     *
     * <p>The component shuts it down when it closes; a platform that closes shuts down what is left.
     *
     * @param role what the threads do; part of their names
     */
    ExecutorService blockingExecutor(String role);

    /** Returns the clock for everything that users see or that is compared across restarts; UTC. */
    default Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Returns the folder in which the component may keep files; it need not exist yet and is not shared with another
     * instance.
     */
    Path workDirectory();

    /**
     * Returns another component of the same platform, to be used but not to be closed.
     *
     * <p>Components are created in the order of {@link dev.geotherm.api.kind.ComponentKind}; one may use only kinds that come before its own.
     * What is returned stays valid when the platform exchanges the implementation behind it.
     *
     * @throws IllegalStateException if this context has no component of that kind; the message names the kind
     */
    <C extends Component> C component(Class<C> kind);

    /** Returns a context for components that are used without a platform; see {@link StandaloneContext}. */
    static StandaloneContext standalone(String instance) {
        return new StandaloneContext(instance);
    }
}
