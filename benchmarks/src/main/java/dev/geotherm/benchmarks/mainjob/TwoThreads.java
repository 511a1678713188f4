package dev.geotherm.benchmarks.mainjob;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A loop over numbers by two threads, which take ranges of them in turn. */
final class TwoThreads {
    static final int THREADS = 2;

    private TwoThreads() {}

    /** The work of one thread on a range. */
    @FunctionalInterface
    interface Work {
        void run(int from, int to) throws Exception;
    }

    /** Makes the work of one thread. */
    @FunctionalInterface
    interface Worker {
        Work start() throws Exception;
    }

    static void run(int end, int step, Worker worker) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    Work work = worker.start();
                    for (int from = next.getAndAdd(step); from < end; from = next.getAndAdd(step)) {
                        work.run(from, Math.min(end, from + step));
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
