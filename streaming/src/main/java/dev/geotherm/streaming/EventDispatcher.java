package dev.geotherm.streaming;

import dev.geotherm.api.streaming.PipelineListener;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that passes events to a pipeline's listener, in the order in which they were added.
 *
 * <p>It has its own thread, so that a listener may feed or close the pipeline, and no producer runs a listener's code.
 */
final class EventDispatcher<T> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

    /** The number of waiting events from which workers wait for the listener. */
    private static final int BACKLOG = 1_000;

    private final String pipeline;
    private final PipelineListener<T> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Consumer<PipelineListener<T>>> events = new ArrayDeque<>();
    private volatile @Nullable Thread thread;
    private boolean ended;

    EventDispatcher(String pipeline, PipelineListener<T> listener) {
        this.pipeline = pipeline;
        this.listener = listener;
    }

    /** Adds an event. Does not wait. */
    void add(Consumer<PipelineListener<T>> event) {
        lock.lock();
        try {
            events.add(event);
            if (events.size() == 1) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits while the listener is too many events behind. */
    void awaitRoom() {
        lock.lock();
        try {
            while (events.size() >= BACKLOG && !ended) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@link #run} return after the last event. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the current thread calls the listener. */
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        for (Consumer<PipelineListener<T>> event = next(); event != null; event = next()) {
            try {
                event.accept(listener);
            } catch (Throwable thrown) {
                LOG.error("A listener of pipeline {} threw; the pipeline continues", pipeline, thrown);
            }
            Thread.interrupted(); // an interrupt left by the listener must not affect its next call
        }
    }

    private @Nullable Consumer<PipelineListener<T>> next() {
        lock.lock();
        try {
            while (events.isEmpty() && !ended) {
                changed.awaitUninterruptibly();
            }
            if (events.size() == BACKLOG) {
                changed.signalAll();
            }
            return events.poll();
        } finally {
            lock.unlock();
        }
    }
}
