package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.streaming.FragmentProcessor;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelinesMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pipelines that keep waiting fragments in memory, in one first-in-first-out lane for each priority.
 *
 * <p>A worker takes what is there, without waiting for more, up to a size that follows the target time of a batch. It
 * serves the highest lane, but one fragment in eight comes from the other lanes in turn, so that none starves. Fragments
 * that are tried again keep their place in memory: they may fill the queue beyond its capacity, and are never refused.
 *
 * <p>A batch that takes longer than its timeout has failed from that moment on, and its thread is interrupted. A processor
 * that ignores the interrupt occupies its worker until it returns; what it does then changes nothing any more. Closing does
 * not wait for it beyond the close timeout and a second: its fragments become dead letters, and its daemon thread, which is
 * named in the log, ends when the processor returns.
 *
 * <p>New settings apply to open pipelines at once, except {@code initialBatch}, which applies to pipelines that are opened
 * later. A smaller capacity loses nothing: it refuses more until the queue has shrunk.
 *
 * <p>Callers of {@link IngestionPipeline#close} and {@link #close} are not interrupted by an interrupt: it stays pending.
 */
public final class LanePipelines implements IngestionPipelines, Reconfigurable<LanePipelinesSettings> {
    private final String instance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, LanePipeline<?>> open = new LinkedHashMap<>();
    private LanePipelinesSettings settings;
    private long opened;
    private long ended;
    private boolean closed;

    /**
     * Creates a component without pipelines.
     *
     * @param instance for the names of threads
     */
    public LanePipelines(LanePipelinesSettings settings, String instance) {
        this.settings = requireNonNull(settings, "settings");
        this.instance = requireNonNull(instance, "instance");
    }

    @Override
    public <T> IngestionPipeline<T> open(String name, FragmentProcessor<T> processor, PipelineListener<T> listener) {
        requireNonNull(name, "name");
        requireNonNull(processor, "processor");
        requireNonNull(listener, "listener");
        lock.lock();
        try {
            checkOpen();
            if (open.containsKey(name)) {
                throw new IllegalArgumentException(
                        "a pipeline named " + name + " is open; close it first or choose another name");
            }
            LanePipeline<T> pipeline = new LanePipeline<>(
                    name, "geotherm-" + instance + "-" + name, processor, listener, settings, this::forget);
            pipeline.start(settings);
            open.put(name, pipeline);
            opened++;
            return pipeline;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public PipelinesMetrics metrics() {
        lock.lock();
        try {
            Map<String, PipelineMetrics> metrics = new LinkedHashMap<>();
            open.forEach((name, pipeline) -> metrics.put(name, pipeline.metrics()));
            return new PipelinesMetrics(metrics, opened, ended);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reconfigure(LanePipelinesSettings newSettings) {
        requireNonNull(newSettings, "settings");
        lock.lock();
        try {
            checkOpen();
            settings = newSettings;
            open.values().forEach(pipeline -> pipeline.reconfigure(newSettings));
        } finally {
            lock.unlock();
        }
    }

    /** Closes every open pipeline; all have the close timeout together, not one after another. */
    @Override
    public void close() {
        List<LanePipeline<?>> left;
        lock.lock();
        try {
            left = List.copyOf(open.values());
            left.forEach(LanePipeline::checkCloser);
            closed = true;
        } finally {
            lock.unlock();
        }
        left.forEach(LanePipeline::refuse);
        left.forEach(LanePipeline::close);
    }

    private void forget(LanePipeline<?> pipeline) {
        lock.lock();
        try {
            if (open.remove(pipeline.name(), pipeline)) {
                ended++;
            }
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the pipelines of " + instance + " are closed");
        }
    }
}
