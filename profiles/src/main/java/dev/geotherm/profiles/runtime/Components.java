package dev.geotherm.profiles.runtime;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import dev.geotherm.profiles.plugin.FailureChain;
import dev.geotherm.profiles.telemetry.MetricsSource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The components of one platform: started in the order of {@link ComponentKind}, closed in reverse order.
 *
 * <p>Thread-safe: a component may request others from its own threads while it is being created.
 */
final class Components implements MetricsSource {
    private static final List<ComponentKind> ORDER = List.of(ComponentKind.values());

    private final Configuration configuration;
    private final Path folder;
    private final Clock clock;
    private final PlatformThreads threads;
    private final Map<ComponentKind, Component> created = new ConcurrentHashMap<>();
    private final Map<ComponentKind, Component> handles = new ConcurrentHashMap<>();
    private final List<OpenedInstances> opened = new CopyOnWriteArrayList<>();

    @Inject
    Components(Configuration configuration, PlatformFolder folder, Clock clock, PlatformThreads threads) {
        this.configuration = configuration;
        this.folder = folder.path();
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * Creates all components.
     *
     * @throws GeothermException if one cannot be created; those created before it stay open
     */
    void start() {
        for (ComponentKind kind : configuration.kinds()) {
            DiscoveredFactory chosen = configuration.implementation(kind);
            try {
                Component component = create(kind, chosen.factory());
                created.put(kind, component);
                handles.put(kind, Handles.of(kind, chosen.name(), component));
            } catch (Throwable failed) { // rethrown with a message that names the component
                throw new GeothermException(
                        "cannot start " + kind.section() + " (" + chosen.name() + ", from " + chosen.location() + "): "
                                + FailureChain.of(failed),
                        failed);
            }
        }
    }

    /** Creates a component with the settings bound for its factory. */
    @SuppressWarnings("unchecked")
    private Component create(ComponentKind kind, ComponentFactory<?, ?> factory) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(factory.getClass().getClassLoader());
        try {
            Component component = ((ComponentFactory<Record, Component>) factory)
                    .create(configuration.settings(kind), contextOf(kind));
            return kind.componentType().cast(requireNonNull(component, "the factory returned null"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private ComponentContext contextOf(ComponentKind kind) {
        OpenedInstances instances = new OpenedInstances(kind, configuration.instances(kind));
        opened.add(instances);
        return new PlatformContext(
                kind.section(),
                clock,
                folder.resolve(kind.section()),
                threads.of(kind.section()),
                instances::settings,
                configuration.extensions(),
                type -> earlier(kind, type));
    }

    /** Returns a warning for each configured instance that has not been opened. */
    List<String> unopened() {
        return opened.stream()
                .flatMap(instances -> instances.unopened().stream())
                .toList();
    }

    /** Closes all components in reverse order, each even if others fail to close. */
    void close(Failures failures) {
        for (int i = ORDER.size() - 1; i >= 0; i--) {
            ComponentKind kind = ORDER.get(i);
            Component component = created.get(kind);
            if (component != null) {
                failures.run(
                        "cannot close " + kind.section() + " ("
                                + configuration.implementation(kind).name() + ")",
                        component::close);
            }
            threads.close(kind.section());
        }
    }

    @Override
    public Map<String, Supplier<Record>> metrics() {
        Map<String, Supplier<Record>> sources = new LinkedHashMap<>();
        sources.put("platform", threads::metrics);
        for (ComponentKind kind : ORDER) {
            Component component = created.get(kind);
            if (component != null) {
                sources.put(kind.section(), component::metrics);
            }
        }
        return sources;
    }

    /**
     * Returns the stable handle of a kind, or null if it is not created or the type is not a kind.
     *
     * @throws IllegalStateException if the kind has no implementation
     */
    <C extends Component> @Nullable C handle(Class<C> type) {
        ComponentKind kind = kindOf(type);
        if (kind == null) {
            return null;
        }
        Component handle = handles.get(kind);
        if (handle == null) {
            configuration.implementation(kind); // throws if there is none
        }
        return type.cast(handle);
    }

    private Component earlier(ComponentKind own, Class<? extends Component> type) {
        ComponentKind kind = kindOf(type);
        if (kind == null) {
            throw new IllegalStateException(
                    own.section() + " asks for a " + type.getName() + ", which is not a kind of component: " + kinds());
        }
        Component handle = kind.compareTo(own) < 0 ? handle(type) : null;
        if (handle == null) {
            throw new IllegalStateException(own.section() + " may not use " + kind.section() + " ("
                    + type.getSimpleName() + "): a component may use only kinds that are created before it, in the"
                    + " order " + ORDER.stream().map(ComponentKind::section).collect(Collectors.joining(", ")));
        }
        return handle;
    }

    static String kinds() {
        return ORDER.stream().map(kind -> kind.componentType().getSimpleName()).collect(Collectors.joining(", "));
    }

    private static @Nullable ComponentKind kindOf(Class<?> type) {
        return ORDER.stream()
                .filter(kind -> kind.componentType() == type)
                .findFirst()
                .orElse(null);
    }
}
