package dev.geotherm.streaming;

import dev.geotherm.api.FailureLog;
import dev.geotherm.api.streaming.PipelineListener;
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

    /** The number of waiting events at which workers wait for the listener. */
    private static final int BACKLOG = 1_000;

    /** The time after which a waiting thread checks again: a notification is lost if its sender runs out of stack. */
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final PipelineListener<T> listener;
    private final FailureLog failures;
    private volatile @Nullable Thread thread;
    private @Nullable Event<T> first;
    private @Nullable Event<T> last;
    private int size;
    private boolean ended;

    /** A node in the linked list of waiting events. */
    private static final class Event<T> {
        final Consumer<PipelineListener<T>> call;

        @Nullable
        Event<T> next;

        Event(Consumer<PipelineListener<T>> call) {
            this.call = call;
        }
    }

    EventDispatcher(String pipeline, PipelineListener<T> listener) {
        this(
                listener,
                new FailureLog("a listener of pipeline " + pipeline + " threw; the pipeline continues", LOG::error));
    }

    /** Creates a dispatcher for tests that read what it logs. */
    EventDispatcher(PipelineListener<T> listener, FailureLog failures) {
        this.listener = listener;
        this.failures = failures;
    }

    /** Adds an event without waiting. If this fails, because the stack is full, no event was added. */
    synchronized void add(Consumer<PipelineListener<T>> call) {
        Event<T> event = new Event<>(call);
        if (size == 0) {
            notifyAll();
        }
        if (last == null) {
            first = event;
        } else {
            last.next = event;
        }
        last = event;
        size++;
    }

    /** Waits while the listener is too many events behind. */
    void awaitRoom() {
        UninterruptibleWait.await(() -> {
            synchronized (this) {
                while (size >= BACKLOG && !ended) {
                    wait(LONGEST_WAIT_MILLIS);
                }
            }
        });
    }

    /** Lets {@link #run} return after the last event. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Returns whether the current thread calls the listener. */
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        OutOfMemoryRetry.run(this::dispatch);
    }

    private void dispatch() {
        for (Event<T> event = next(); event != null; event = next()) {
            try {
                event.call.accept(listener);
            } catch (Throwable thrown) {
                failures.failed(thrown);
            }
            Thread.interrupted(); // an interrupt left by the listener must not affect its next call
        }
    }

    private @Nullable Event<T> next() {
        UninterruptibleWait.await(this::awaitEvent);
        synchronized (this) {
            Event<T> event = first;
            if (event != null) {
                if (size == BACKLOG) {
                    notifyAll();
                }
                first = event.next;
                last = first == null ? null : last;
                size--;
            }
            return event;
        }
    }

    private synchronized void awaitEvent() throws InterruptedException {
        while (size == 0 && !ended) {
            wait(LONGEST_WAIT_MILLIS);
        }
    }
}
