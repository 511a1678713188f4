package dev.geotherm.streaming;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The threads that currently process a pipeline's fragments or report their outcomes: closing waits for them. */
final class OwnThreads {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Runs a loop or task of the pipeline itself: an exception is a failure of the pipeline, not of a processor. */
    void run(Runnable task, Consumer<Throwable> onFailure) {
        Thread thread = Thread.currentThread();
        OutOfMemoryRetry.run(() -> threads.add(thread));
        try {
            task.run();
        } catch (Throwable thrown) {
            onFailure.accept(thrown);
        } finally {
            threads.remove(thread);
        }
    }

    boolean containsCurrent() {
        return threads.contains(Thread.currentThread());
    }
}
