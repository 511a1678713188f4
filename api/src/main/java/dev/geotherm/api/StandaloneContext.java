package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A context for components that are used without a platform, and for tests: system clock, a folder below the JVM's
 * temporary folder, and the components that were added.
 *
 * <p>Immutable: each {@code with} method returns a changed copy.
 */
public final class StandaloneContext implements ComponentContext {
    private final String instance;
    private final Clock clock;
    private final Path workDirectory;
    private final Map<Class<?>, Component> components;

    StandaloneContext(String instance) {
        this(
                requireNonNull(instance, "instance"),
                Clock.systemUTC(),
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "geotherm-" + ProcessHandle.current().pid(),
                        instance),
                Map.of());
    }

    private StandaloneContext(String instance, Clock clock, Path workDirectory, Map<Class<?>, Component> components) {
        this.instance = instance;
        this.clock = clock;
        this.workDirectory = workDirectory;
        this.components = components;
    }

    /** Returns a copy that uses the given clock. */
    public StandaloneContext withClock(Clock newClock) {
        return new StandaloneContext(instance, requireNonNull(newClock, "clock"), workDirectory, components);
    }

    /** Returns a copy whose component may keep files in the given folder. */
    public StandaloneContext withWorkDirectory(Path folder) {
        return new StandaloneContext(instance, clock, requireNonNull(folder, "folder"), components);
    }

    /** Returns a copy that answers {@link #component} for the given kind; whoever adds a component closes it. */
    public <C extends Component> StandaloneContext with(Class<C> kind, C component) {
        Map<Class<?>, Component> more = new LinkedHashMap<>(components);
        more.put(requireNonNull(kind, "kind"), requireNonNull(component, "component"));
        return new StandaloneContext(instance, clock, workDirectory, Map.copyOf(more));
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public Path workDirectory() {
        return workDirectory;
    }

    @Override
    public <C extends Component> C component(Class<C> kind) {
        Component component = components.get(kind);
        if (component == null) {
            throw new IllegalStateException(instance + " needs a component of kind " + kind.getSimpleName()
                    + ", and this context has none: add one by with(" + kind.getSimpleName() + ".class, …)");
        }
        return kind.cast(component);
    }
}
