package dev.geotherm.profiles.runtime;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.ComponentThreads;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Scheduler;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.plugin.DiscoveredFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The components of one platform: created one after another in the order of {@link ComponentKind}, closed in reverse.
 *
 * <p>Safe for use by many threads: a component may look for others on threads of its own while it is created.
 */
final class Components {
    private static final Logger LOG = LoggerFactory.getLogger(Components.class);

    private final Configuration configuration;
    private final Path workDirectory;
    private final Clock clock;
    private final Map<ComponentKind, Component> created = new ConcurrentHashMap<>();
    private final Map<ComponentKind, Component> handles = new ConcurrentHashMap<>();
    private final Map<ComponentKind, ComponentThreads> threadsOf = new ConcurrentHashMap<>();

    private Components(Configuration configuration, Path workDirectory, Clock clock) {
        this.configuration = configuration;
        this.workDirectory = workDirectory;
        this.clock = clock;
    }

    /** Creates all; when one fails, those before it are closed and the failure names it. */
    static Components create(Configuration configuration, Path workDirectory, Clock clock) {
        Components components = new Components(configuration, workDirectory, clock);
        for (ComponentKind kind : ComponentKind.values()) {
            try {
                components.create(kind);
            } catch (Throwable failed) { // rethrown: whatever it is, nothing may stay behind
                Failures failures = new Failures(failed(kind, configuration, failed));
                components.close(failures);
                failures.throwFirst();
            }
        }
        return components;
    }

    private void create(ComponentKind kind) {
        DiscoveredFactory chosen = configuration.implementation(kind);
        Component component = create(kind, chosen.factory(), configuration.settings(kind));
        created.put(kind, component);
        handles.put(kind, Handle.of(kind, chosen.name(), component));
    }

    /** The factory comes from the same place as the settings' type, so that the two fit is checked at discovery. */
    @SuppressWarnings("unchecked")
    private Component create(ComponentKind kind, ComponentFactory<?, ?> factory, Record settings) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(factory.getClass().getClassLoader());
        try {
            Component component = ((ComponentFactory<Record, Component>) factory)
                    .create(settings, new PlatformContext(kind, workDirectory.resolve(kind.section())));
            return kind.componentType().cast(requireNonNull(component, "the factory returned null"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Closes all in reverse, each whatever happens to the others. */
    void close(Failures failures) {
        ComponentKind[] kinds = ComponentKind.values();
        Collections.reverse(Arrays.asList(kinds));
        for (ComponentKind kind : kinds) {
            Component component = created.get(kind);
            if (component != null) {
                failures.run(
                        "cannot close " + kind.section() + " ("
                                + configuration.implementation(kind).name() + ")",
                        component::close);
            }
            ComponentThreads threads = threadsOf.get(kind);
            if (threads != null) {
                threads.close();
            }
        }
    }

    /** Returns the components themselves, for those who watch them. */
    Map<ComponentKind, Component> running() {
        return Collections.unmodifiableMap(created);
    }

    /** Returns the stable handle of a kind, or null if it was not created, or there is no such kind. */
    <C extends Component> @Nullable C handle(Class<C> type) {
        ComponentKind kind = kindOf(type);
        return kind == null ? null : type.cast(handles.get(kind));
    }

    static String kinds() {
        return Arrays.stream(ComponentKind.values())
                .map(kind -> kind.componentType().getSimpleName())
                .collect(Collectors.joining(", "));
    }

    private static @Nullable ComponentKind kindOf(Class<?> type) {
        return Arrays.stream(ComponentKind.values())
                .filter(kind -> kind.componentType() == type)
                .findFirst()
                .orElse(null);
    }

    private static GeothermException failed(ComponentKind kind, Configuration configuration, Throwable cause) {
        DiscoveredFactory found = configuration.implementation(kind);
        String message = cause instanceof GeothermException ? cause.getMessage() : String.valueOf(cause);
        return new GeothermException(
                "cannot start " + kind.section() + " (" + found.name() + ", from " + found.location() + "): " + message,
                cause);
    }

    private final class PlatformContext implements ComponentContext {
        private final ComponentKind own;
        private final Path folder;
        private final ComponentThreads threads;

        PlatformContext(ComponentKind own, Path folder) {
            this.own = own;
            this.folder = folder;
            this.threads = new ComponentThreads(
                    own.section(), (thread, failure) -> LOG.error("A task of {} failed", own.section(), failure));
            threadsOf.put(own, threads);
        }

        @Override
        public <S extends Record> S settings(String name, S settings) {
            return settings;
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
        public String instance() {
            return own.section();
        }

        @Override
        public Clock clock() {
            return clock;
        }

        @Override
        public Path workDirectory() {
            return folder;
        }

        @Override
        public <C extends Component> C component(Class<C> type) {
            ComponentKind kind = kindOf(type);
            if (kind == null) {
                throw new IllegalStateException(own.section() + " asks for a " + type.getName()
                        + ", which is no kind of component: " + kinds());
            }
            C handle = kind.compareTo(own) < 0 ? handle(type) : null;
            if (handle == null) {
                throw new IllegalStateException(own.section() + " may not use " + kind.section() + " ("
                        + type.getSimpleName() + "): a component may use only kinds that are created before it, in the"
                        + " order "
                        + Arrays.stream(ComponentKind.values())
                                .map(ComponentKind::section)
                                .collect(Collectors.joining(", ")));
            }
            return handle;
        }
    }
}
