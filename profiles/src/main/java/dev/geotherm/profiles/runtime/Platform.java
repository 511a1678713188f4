package dev.geotherm.profiles.runtime;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import dev.geotherm.api.Component;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One component of each kind, running as a configuration says.
 *
 * <p>What is handed out are stable handles: they are equal only to themselves, pass everything on to the component behind
 * them, exceptions included, and refuse {@code close()}, since the platform closes its components. Safe for use by many
 * threads. After {@link #close()} the components refuse work.
 */
public final class Platform implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

    private final Configuration configuration;
    private final Components components;
    private final Telemetry telemetry;
    private final Runnable afterClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Platform(Configuration configuration, Components components, Telemetry telemetry, Runnable afterClose) {
        this.configuration = configuration;
        this.components = components;
        this.telemetry = telemetry;
        this.afterClose = afterClose;
    }

    /**
     * Starts one component of each kind with the system's clock.
     *
     * @param workDirectory where components keep files, each in a folder of its own; created if it is missing
     * @throws GeothermException if one cannot be started; the message names it, the cause is its failure, and all that
     *     were started before it are closed
     */
    public static Platform start(Configuration configuration, Path workDirectory) {
        return start(configuration, workDirectory, Clock.systemUTC());
    }

    /** Starts one component of each kind with a clock; otherwise as {@link #start(Configuration, Path)}. */
    public static Platform start(Configuration configuration, Path workDirectory, Clock clock) {
        return start(new GeothermModule(configuration, workDirectory, clock));
    }

    static Platform start(GeothermModule module) {
        try {
            return Guice.createInjector(Stage.PRODUCTION, new Strictness(), module)
                    .getInstance(Platform.class);
        } catch (CreationException wrapped) {
            for (Message message : wrapped.getErrorMessages()) {
                if (message.getCause() instanceof GeothermException cause) {
                    throw cause;
                }
            }
            throw wrapped;
        }
    }

    /** Starts a platform without an injector around it; {@code afterClose} runs when it is closed, or fails to start. */
    static Platform boot(Configuration configuration, Path workDirectory, Clock clock, Runnable afterClose) {
        LOG.info(
                "Profile {} is in force{}{}",
                configuration.profile().name(),
                System.lineSeparator(),
                configuration.table());
        Components components = null;
        try {
            Path folder = Files.createDirectories(workDirectory.toAbsolutePath());
            components = Components.create(configuration, folder, clock);
            Telemetry telemetry = new Telemetry(configuration.telemetry(), components.running(), folder, clock);
            telemetry.start();
            return new Platform(configuration, components, telemetry, afterClose);
        } catch (GeothermException failed) {
            throw undone(failed, components, afterClose);
        } catch (IOException failed) {
            throw undone(
                    new GeothermException("cannot create the work folder " + workDirectory + ": " + failed, failed),
                    components,
                    afterClose);
        }
    }

    private static GeothermException undone(
            GeothermException failed, @Nullable Components components, Runnable afterClose) {
        Failures failures = new Failures(failed);
        if (components != null) {
            components.close(failures);
        }
        failures.run("cannot clean up", afterClose);
        return failed;
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

    /** Returns the retriever. */
    public Retriever retriever() {
        return component(Retriever.class);
    }

    /**
     * Returns the component of a kind; always the same handle.
     *
     * @param kind the interface of a kind, such as {@code ObjectPools.class}
     * @throws IllegalArgumentException if that is no kind of component
     */
    public <C extends Component> C component(Class<C> kind) {
        C handle = components.handle(requireNonNull(kind, "kind"));
        if (handle == null) {
            throw new IllegalArgumentException(
                    kind.getName() + " is no kind of component; there are " + Components.kinds());
        }
        return handle;
    }

    /** Returns what the platform was started with. */
    public Configuration configuration() {
        return configuration;
    }

    /** Returns samples of what the components do. */
    public Telemetry telemetry() {
        return telemetry;
    }

    /**
     * Takes a last sample and closes every component in reverse order of their creation, each whatever happens to the
     * others. Idempotent.
     *
     * @throws GeothermException if one failed to close; further failures are suppressed in it
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Failures failures = new Failures();
        failures.run("cannot finish telemetry", telemetry::close);
        components.close(failures);
        failures.run("cannot clean up", afterClose);
        failures.throwFirst();
        LOG.info("Profile {} is closed", configuration.profile().name());
    }

    /** Rules for our own injector; somebody else's has its own. */
    private static final class Strictness extends AbstractModule {
        @Override
        protected void configure() {
            binder().requireExplicitBindings();
            binder().requireExactBindingAnnotations();
            binder().disableCircularProxies();
        }
    }
}
