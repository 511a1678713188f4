package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A component context without a platform, for direct use of a component and for tests: by default the system clock, its
 * own threads, a {@link TemporaryFolder} that is created on first use, no settings for instances, and no other
 * components.
 *
 * <p>Immutable: each {@code with} method returns a changed copy, which shares the threads and the temporary folder. A
 * context has no thread once the components that were created with it are closed; {@link #close()} deletes the temporary
 * folder before the JVM exits. Thread-safe.
 */
public final class StandaloneContext implements ComponentContext, AutoCloseable {
    private final String instance;
    private final Clock clock;
    private final WorkFolder workFolder;
    private final ComponentThreads threads;
    private final Scheduler scheduler;
    private final Map<String, Map<String, String>> instances;
    private final Map<Class<?>, Component> components;
    private final RateLimits rateLimits;

    StandaloneContext(String instance) {
        this(
                requireNonNull(instance, "instance"),
                Clock.systemUTC(),
                new OwnFolder(),
                new ComponentThreads(instance, StandaloneContext::passOn),
                null,
                Map.of(),
                Map.of(),
                RateLimits.shared());
    }

    private StandaloneContext(
            String instance,
            Clock clock,
            WorkFolder workFolder,
            ComponentThreads threads,
            @Nullable Scheduler scheduler,
            Map<String, Map<String, String>> instances,
            Map<Class<?>, Component> components,
            RateLimits rateLimits) {
        this.instance = instance;
        this.clock = clock;
        this.workFolder = workFolder;
        this.threads = threads;
        this.scheduler = scheduler == null ? threads : scheduler;
        this.instances = instances;
        this.components = components;
        this.rateLimits = rateLimits;
    }

    /**
     * Passes the exception of a task to the application's default handler, or the JDK's, which prints the stack trace.
     */
    private static void passOn(Thread thread, Throwable failure) {
        thread.getThreadGroup().uncaughtException(thread, failure);
    }

    /** Returns a copy that uses the given clock. */
    public StandaloneContext withClock(Clock newClock) {
        return new StandaloneContext(
                instance,
                requireNonNull(newClock, "clock"),
                workFolder,
                threads,
                scheduler,
                instances,
                components,
                rateLimits);
    }

    /** Returns a copy that uses the given scheduler, such as one that a test advances manually. */
    public StandaloneContext withScheduler(Scheduler newScheduler) {
        return new StandaloneContext(
                instance,
                clock,
                workFolder,
                threads,
                requireNonNull(newScheduler, "scheduler"),
                instances,
                components,
                rateLimits);
    }

    /** Returns a copy that uses the given work folder, which is never deleted. */
    public StandaloneContext withWorkDirectory(Path folder) {
        requireNonNull(folder, "folder");
        return new StandaloneContext(
                instance, clock, () -> folder, threads, scheduler, instances, components, rateLimits);
    }

    /**
     * Returns a copy with settings for a named instance.
     *
     * @param name the name that the instance is opened with
     * @param settings texts as written in a profile, by the name of the setting
     */
    public StandaloneContext withInstance(String name, Map<String, String> settings) {
        Map<String, Map<String, String>> more = new LinkedHashMap<>(instances);
        more.put(requireNonNull(name, "name"), Map.copyOf(settings));
        return new StandaloneContext(
                instance, clock, workFolder, threads, scheduler, Map.copyOf(more), components, rateLimits);
    }

    /**
     * Returns a copy in which {@link #component} returns the given component for its kind; the caller closes the
     * component.
     */
    public <C extends Component> StandaloneContext with(Class<C> kind, C component) {
        Map<Class<?>, Component> more = new LinkedHashMap<>(components);
        more.put(requireNonNull(kind, "kind"), requireNonNull(component, "component"));
        return new StandaloneContext(
                instance, clock, workFolder, threads, scheduler, instances, Map.copyOf(more), rateLimits);
    }

    /** Returns a copy with other rate limits, such as those of a test with its own source of time. */
    public StandaloneContext withRateLimits(RateLimits newLimits) {
        return new StandaloneContext(
                instance,
                clock,
                workFolder,
                threads,
                scheduler,
                instances,
                components,
                requireNonNull(newLimits, "rateLimits"));
    }

    @Override
    public RateLimits rateLimits() {
        return rateLimits;
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public <S extends Record> S settings(String name, S settings) {
        Map<String, String> own = instances.get(name);
        return own == null ? settings : Settings.with(settings, own);
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
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
    public Clock clock() {
        return clock;
    }

    @Override
    public Path workDirectory() {
        return workFolder.path();
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

    /**
     * Releases the resources of this context and its copies: cancels tasks, shuts down executors, deletes the temporary
     * folder. Close the components first. Idempotent.
     */
    @Override
    public void close() {
        threads.close();
        workFolder.close();
    }

    /** The work folder that copies of a context share. */
    private interface WorkFolder extends AutoCloseable {
        Path path();

        @Override
        default void close() {}
    }

    /** A folder below a temporary one, so that a component may delete its work folder and create it again. */
    private static final class OwnFolder implements WorkFolder {
        private @Nullable TemporaryFolder folder;
        private boolean closed;

        @Override
        public synchronized Path path() {
            if (closed) {
                throw new IllegalStateException("the context is closed, and its temporary folder is deleted");
            }
            if (folder == null) {
                folder = TemporaryFolder.create();
            }
            return folder.path().resolve("work");
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (folder != null) {
                folder.close();
            }
        }
    }
}
