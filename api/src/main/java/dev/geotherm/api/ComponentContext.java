package dev.geotherm.api;

import java.nio.file.Path;
import java.time.Clock;

/**
 * The surroundings in which a component is created: its instance name, the clock, a folder of its own, and the
 * components that it may use.
 *
 * <p>Grows by default methods. Safe for use by many threads.
 */
public interface ComponentContext {

    /** Returns the name of the instance, for logs, threads and metrics: {@code pool}, {@code anchors}, … */
    String instance();

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
     * <p>Components are created in the order of {@link ComponentKind}; one may use only kinds that come before its own.
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
