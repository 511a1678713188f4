package dev.geotherm.api;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/**
 * The context of a component: the environment that a component must use instead of creating its own. It provides the
 * clock, threads, a folder for files, the settings of named instances, and other components.
 *
 * <p>Thread-safe.
 */
public interface ComponentContext {

    /** Returns the name of the instance, for logs, threads and metrics: {@code pool}, {@code anchors}, … */
    String instance();

    /**
     * Returns the settings of a named instance (a pool, pipeline, state, cache or index opened through the component): the
     * component's settings, overridden by those configured for the instance.
     *
     * @param name the instance's name, as given to the component's {@code open} method
     * @param settings the current settings of the component
     * @return {@code settings} itself if nothing is configured for the instance
     * @throws SettingsException if the combination is not valid. This cannot happen with the settings that the
     *     component was created with, because a platform checks those before it starts
     */
    <S extends Record> S settings(String name, S settings);

    /** Returns the component's scheduler, for periodic maintenance and timeouts; always the same one. */
    Scheduler scheduler();

    /**
     * Creates an executor for CPU-bound work: platform threads, started on demand.
     *
     * <p>The component shuts the executor down when it closes; if it does not, the platform does.
     *
     * @param role the purpose of the threads; part of their names: {@code geotherm-<instance>-<role>-<number>}
     * @param threads the maximum number of threads; at least 1
     */
    ExecutorService computeExecutor(String role, int threads);

    /**
     * Creates an executor for work that blocks: a virtual thread per task on JDK 24 and newer, where blocking never
     * pins a carrier thread, otherwise a cached platform thread per running task. The number of concurrent tasks is not
     * bounded.
     *
     * <p>The component shuts the executor down when it closes; if it does not, the platform does.
     *
     * @param role the purpose of the threads; part of their names
     */
    ExecutorService blockingExecutor(String role);

    /** Returns the clock, in UTC, for all times that users see or that outlive the process. */
    default Clock clock() {
        return Clock.systemUTC();
    }

    /**
     * Returns the folder for the files of the component; always the same one. It may not exist yet, and no other
     * instance uses it.
     */
    Path workDirectory();

    /**
     * Returns another component of the same platform. Do not close it.
     *
     * <p>Components are created in the order of {@link dev.geotherm.api.kind.ComponentKind}; a component may use only
     * kinds before its own. The returned handle stays valid when the platform replaces the implementation behind it.
     *
     * @throws IllegalStateException if this context has no component of that kind; the message names the kind
     */
    <C extends Component> C component(Class<C> kind);

    /**
     * Returns the installed extensions; by default those on the class path or module path. Components use only those
     * that their settings choose.
     */
    default Extensions extensions() {
        return Extensions.onClassPath();
    }

    /**
     * Returns the registry of rate limits that the components of a platform share; always the same object. By default,
     * the registry of this process.
     */
    default RateLimits rateLimits() {
        return RateLimits.shared();
    }

    /** Returns a context for components that are used without a platform; see {@link StandaloneContext}. */
    static StandaloneContext standalone(String instance) {
        return new StandaloneContext(instance);
    }
}
