package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.NamedInstances;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelinesMetrics;
import dev.geotherm.storage.StorageException;
import dev.geotherm.streaming.journal.FragmentJournal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ingestion pipelines that keep waiting fragments in memory, in one first-in-first-out lane for each priority.
 *
 * <p>A worker takes the waiting fragments, up to a size that follows the target batch time, without waiting for more unless a
 * {@code linger} is set. It serves the highest lane first, but every eighth fragment comes from the lanes in turn, so none
 * starves. If a worker has emptied the queue while fragments arrive in quick succession, it sleeps for about 60 µs: waking it for
 * every few fragments would cost more than processing them. Retried fragments stay in memory: they may fill the queue beyond its
 * capacity, and are never refused.
 *
 * <p>A batch that exceeds its timeout has failed from that moment on, and its thread is interrupted. A processor that ignores the
 * interrupt occupies its worker until it returns; its result no longer counts. If that takes more than a second, the worker is
 * replaced; there are at most as many replacements as workers in the settings. Closing waits for such a
 * processor at most one second longer than the close timeout: its fragments become dead letters, and its thread, which the log
 * names, ends when the processor returns.
 *
 * <p>Producers that wait for room are served in order of arrival, except that a new one may overtake those that have waited for
 * less than 10 ms.
 *
 * <p>New settings apply to open pipelines at once, except {@code initialBatch}, which applies to pipelines that are opened later.
 * A smaller capacity drops no fragment: the queue is full until it has shrunk.
 *
 * <p>When the JVM exits normally or by a signal, open pipelines are closed: accepted fragments are processed within the close
 * timeout, and the others stay in the journal or become dead letters. The exit waits for that. {@link
 * PipelineSpec#withoutCloseAtExit} leaves closing to the owner.
 *
 * <p>An interrupt does not end {@link IngestionPipeline#close} or {@link #close} early, and stays pending.
 */
public final class LanePipelines implements IngestionPipelines, Reconfigurable<LanePipelinesSettings> {
    private static final Logger LOG = LoggerFactory.getLogger(LanePipelines.class);

    private final ComponentContext context;
    private final LongSupplier nanoTime;
    private final NamedInstances<OpenPipeline<?>, PipelineMetrics> pipelines =
            new NamedInstances<>("pipeline", OpenPipeline::metrics, OpenPipeline::close);

    private final ExitHook exit = new ExitHook(this::closeAtExit);

    /** Held while a pipeline opens, so that it does not miss new settings. */
    private final Object configuring = new Object();

    private LanePipelinesSettings settings;

    /**
     * Creates a component without pipelines.
     *
     * @param context provides the threads and the settings of single pipelines
     */
    public LanePipelines(LanePipelinesSettings settings, ComponentContext context) {
        this(settings, context, System::nanoTime);
    }

    /** Creates a component for tests that control the time. */
    LanePipelines(LanePipelinesSettings settings, ComponentContext context, LongSupplier nanoTime) {
        this.settings = requireNonNull(settings, "settings");
        this.context = requireNonNull(context, "context");
        this.nanoTime = nanoTime;
    }

    @Override
    public <T> IngestionPipeline<T> open(PipelineSpec<T> spec) {
        requireNonNull(spec, "spec");
        if (spec.closesAtExit()) {
            exit.register();
        }
        synchronized (configuring) {
            return pipelines.open(spec.name(), () -> openPipeline(spec));
        }
    }

    private <T> OpenPipeline<T> openPipeline(PipelineSpec<T> spec) {
        AtomicReference<@Nullable OpenPipeline<?>> registered = new AtomicReference<>();
        OpenPipeline<T> pipeline =
                start(spec, closed -> pipelines.closed(spec.name(), requireNonNull(registered.get(), "registered")));
        OpenPipeline<T> outer = spec.duplicates()
                .<OpenPipeline<T>>map(rule -> new DeduplicatingPipeline<>(pipeline, rule, nanoTime))
                .orElse(pipeline);
        registered.set(outer);
        return outer;
    }

    private <T> OpenPipeline<T> start(PipelineSpec<T> spec, Consumer<OpenPipeline<?>> onClosed) {
        LanePipelinesSettings own = context.settings(spec.name(), settings);
        Optional<PipelineSpec.Journal<T>> journal = spec.journal();
        if (journal.isPresent()) {
            return start(spec, own, journal.get(), onClosed);
        } else if (own.journaling().isUsed()) {
            LOG.warn(
                    "Pipeline {} keeps nothing on disk, although its settings ask for it: the code that opens it names no folder"
                            + " (PipelineSpec.withJournal)",
                    spec.name());
        }
        LanePipeline<T> pipeline = new LanePipeline<>(spec, context, own, onClosed::accept, nanoTime);
        pipeline.start(own);
        return pipeline;
    }

    private <T> OpenPipeline<T> start(
            PipelineSpec<T> spec,
            LanePipelinesSettings own,
            PipelineSpec.Journal<T> place,
            Consumer<OpenPipeline<?>> onClosed) {
        FragmentJournal<T> journal =
                FragmentJournal.open(place, own.journaling().journalBytes().bytes());
        try {
            LanePipeline<T> memory = new LanePipeline<>(spec, context, own, closed -> {}, nanoTime);
            memory.start(own);
            JournaledPipeline<T> pipeline = new JournaledPipeline<>(
                    memory, journal, own.journaling(), spec.hasKey(), context, onClosed::accept);
            pipeline.start();
            return pipeline;
        } catch (Throwable failed) {
            try {
                journal.close();
            } catch (StorageException too) {
                failed.addSuppressed(too);
            }
            throw failed;
        }
    }

    @Override
    public PipelinesMetrics metrics() {
        return new PipelinesMetrics(pipelines.metrics(), pipelines.opened(), pipelines.closed());
    }

    @Override
    public void reconfigure(LanePipelinesSettings newSettings) {
        requireNonNull(newSettings, "settings");
        synchronized (configuring) {
            pipelines.requireOpen();
            Map<OpenPipeline<?>, LanePipelinesSettings> changes = new LinkedHashMap<>();
            pipelines.list().forEach(one -> changes.put(one, context.settings(one.name(), newSettings)));
            settings = newSettings;
            changes.forEach(OpenPipeline::reconfigure);
        }
    }

    /** Closes every open pipeline. The pipelines share one close timeout: closing two does not take twice as long. */
    @Override
    public void close() {
        List<OpenPipeline<?>> left = pipelines.list();
        left.forEach(OpenPipeline::requireNotOwnThread);
        left.forEach(OpenPipeline::refuse);
        pipelines.close();
        exit.remove();
    }

    /** Closes the pipelines that are still open when the JVM exits. */
    private void closeAtExit() {
        List<OpenPipeline<?>> left =
                pipelines.list().stream().filter(OpenPipeline::closesAtExit).toList();
        left.forEach(OpenPipeline::refuse);
        for (OpenPipeline<?> pipeline : left) {
            LOG.warn("The JVM exits, and pipeline {} was not closed: it is closed now", pipeline.name());
            try {
                pipeline.close();
            } catch (RuntimeException failed) {
                LOG.error("Pipeline {} cannot be closed", pipeline.name(), failed);
            }
        }
    }
}
