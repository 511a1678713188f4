package dev.geotherm.batch.job;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The threads of one job, borrowed from the evaluator's executor. Thread-safe. */
final class JobThreads {
    private final Executor executor;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    JobThreads(Executor executor) {
        this.executor = executor;
    }

    /** Runs a task of the job on its own thread. */
    void execute(Runnable task) {
        executor.execute(() -> {
            Thread current = Thread.currentThread();
            running.add(current);
            try {
                task.run();
            } finally {
                running.remove(current);
            }
        });
    }

    /** Returns whether the calling thread runs a task of the job. */
    boolean isOwnThread() {
        return running.contains(Thread.currentThread());
    }
}
