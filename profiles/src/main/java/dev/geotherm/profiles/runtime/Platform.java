package dev.geotherm.profiles.runtime;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.Component;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.InstanceSettings;
import dev.geotherm.profiles.telemetry.Telemetry;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running platform: one component of each kind that has an implementation, as chosen by a configuration.
 *
 * <p>Components are reached through stable handles. A handle is equal only to itself, delegates everything to its
 * component, including exceptions, and refuses {@code close()}, because the platform closes its components. Pools,
 * pipelines, states, caches and indexes opened through a handle also have handles; {@code close()} of such a handle closes the
 * instance. Thread-safe. After {@link #close()}, the components refuse work.
 */
public final class Platform implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

    private final Configuration configuration;
    private final PlatformFolder folder;
    private final Clock clock;
    private final PlatformThreads threads;
    private final Components components;
    private final Telemetry telemetry;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Starts the platform; if that fails, closes everything that was started. */
    @Inject
    Platform(
            Configuration configuration,
            PlatformFolder folder,
            Clock clock,
            PlatformThreads threads,
            Components components,
            Telemetry telemetry) {
        this.configuration = configuration;
        this.folder = folder;
        this.clock = clock;
        this.threads = threads;
        this.components = components;
        this.telemetry = telemetry;
        LOG.info(
                "Starting with profile {}{}{}",
                configuration.profile().name(),
                System.lineSeparator(),
                configuration.table());
        try {
            folder.open();
            components.start();
            telemetry.start(folder.path());
        } catch (GeothermException failed) {
            end(new Failures(failed));
            throw failed;
        } catch (RuntimeException | Error failed) { // such as no more threads
            end(new Failures());
            throw failed;
        }
    }

    /**
     * Starts one component of each kind that has an implementation, with the system clock.
     *
     * @param workDirectory the folder in which each component has its own folder for files; created if it is missing,
     *     and locked until the platform is closed
     * @throws GeothermException if another platform, in this process or another one, uses the folder; or if a component
     *     cannot be started: the message names it, its failure is the cause, and all components started before it are
     *     closed
     */
    public static Platform start(Configuration configuration, Path workDirectory) {
        return start(configuration, workDirectory, Clock.systemUTC());
    }

    /**
     * Starts one component of each kind with the given clock; otherwise the same as
     * {@link #start(Configuration, Path)}.
     */
    public static Platform start(Configuration configuration, Path workDirectory, Clock clock) {
        return start(configuration, PlatformFolder.at(workDirectory), clock);
    }

    static Platform start(Configuration configuration, PlatformFolder folder, Clock clock) {
        return Injectors.create(new BootModule(configuration, folder, clock)).getInstance(Platform.class);
    }

    /** Returns the object pools. */
    public ObjectPools pools() {
        return component(ObjectPools.class);
    }

    /** Returns the state differ. */
    public StateDiffer differ() {
        return component(StateDiffer.class);
    }

    /** Returns the ingestion pipelines. */
    public IngestionPipelines pipelines() {
        return component(IngestionPipelines.class);
    }

    /** Returns the batch evaluator. */
    public BatchEvaluator evaluator() {
        return component(BatchEvaluator.class);
    }

    /** Returns the embedder. */
    public Embedder embedder() {
        return component(Embedder.class);
    }

    /** Returns the anchor store. */
    public AnchorStore anchors() {
        return component(AnchorStore.class);
    }

    /** Returns the passage indexes. */
    public PassageIndexes indexes() {
        return component(PassageIndexes.class);
    }

    /**
     * Returns the component of a kind; always the same handle.
     *
     * @param kind the interface of a kind, such as {@code ObjectPools.class}
     * @throws IllegalArgumentException if it is not a kind of component
     * @throws IllegalStateException if no implementation of the kind is installed; the message names an artifact with one
     */
    public <C extends Component> C component(Class<C> kind) {
        C handle = components.handle(requireNonNull(kind, "kind"));
        if (handle == null) {
            throw new IllegalArgumentException(
                    kind.getName() + " is not a kind of component; the kinds are " + Components.kinds());
        }
        return handle;
    }

    /** Returns the configuration with which the platform was started. */
    public Configuration configuration() {
        return configuration;
    }

    /**
     * Returns a warning for each named instance that the profile configures but that has not been opened: a mistyped
     * name has no other effect. The platform logs the remaining warnings when it closes.
     */
    public List<String> unopenedInstances() {
        return components.unopened();
    }

    /** Returns the telemetry of the platform. */
    public Telemetry telemetry() {
        return telemetry;
    }

    /**
     * Returns a context for code built on the platform: clock, threads, a folder, and every component. The threads end
     * when the platform closes, if not before. The context has no settings of named instances, because these belong to
     * components.
     *
     * @param instance a name such as {@code engine}, for threads, logs and the folder
     * @throws IllegalArgumentException if a component of the platform has this name
     */
    public ComponentContext context(String instance) {
        for (ComponentKind kind : ComponentKind.values()) {
            if (kind.section().equals(instance)) {
                throw new IllegalArgumentException("the name " + instance + " belongs to a component of the platform");
            }
        }
        return new PlatformContext(
                instance,
                clock,
                folder.path().resolve(instance),
                threads.of(instance),
                InstanceSettings.NONE::apply,
                configuration.extensions(),
                this::component);
    }

    /**
     * Takes a last telemetry sample and closes all components in reverse order of creation, each even if others fail to
     * close. Idempotent.
     *
     * @throws GeothermException if one failed to close; later failures are added to it as suppressed
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        unopenedInstances().forEach(LOG::warn);
        Failures failures = new Failures();
        failures.run("cannot finish telemetry", telemetry::close);
        end(failures);
        failures.throwFirst();
        LOG.info("Platform with profile {} is closed", configuration.profile().name());
    }

    private void end(Failures failures) {
        components.close(failures);
        threads.close();
        failures.run("cannot clean up", folder::close);
    }
}
