package dev.geotherm.benchmarks.diff;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** A runner that runs tasks in turns, so that other load on the machine affects all of them. */
final class Interleaving {
    private static final int WARM_UP = 6;
    private static final long SLOT = 200_000_000;
    /** Calls are timed in batches of about this duration, so that the cost of the clock is negligible. */
    private static final long BATCH = 1_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @SuppressWarnings("UnusedVariable") // written so that nothing is optimised away
    private static volatile Object sink = new Object();

    /** A task that is called repeatedly. */
    record Task(String name, Supplier<Object> action) {}

    /** The cost of one call: microseconds, and bytes allocated by the calling thread. */
    record Times(double min, double median, long bytes) {}

    private static final class Samples {
        final Supplier<Object> action;
        double[] micros = new double[256];
        int count;
        long batch = 1;
        long calls;
        long bytes;

        Samples(Supplier<Object> action) {
            this.action = action;
        }

        void slot() {
            long end = System.nanoTime() + SLOT;
            do {
                long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                for (long i = 0; i < batch; i++) {
                    sink = action.get();
                }
                long taken = System.nanoTime() - start;
                bytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
                calls += batch;
                if (count == micros.length) {
                    micros = Arrays.copyOf(micros, 2 * count);
                }
                micros[count++] = taken / 1e3 / batch;
            } while (System.nanoTime() < end);
            batch = Math.max(1, (long) (BATCH / 1e3 / Math.max(0.001, micros[count - 1])));
        }

        void forget() {
            count = 0;
            bytes = 0;
            calls = 0;
        }

        Times times() {
            double[] sorted = Arrays.copyOf(micros, count);
            Arrays.sort(sorted);
            return new Times(sorted[0], sorted[count / 2], bytes / calls);
        }
    }

    private Interleaving() {}

    /**
     * Returns the cost of each task, in the order of the tasks; actions without effect are not optimised away.
     *
     * @param alive called between tasks
     */
    static List<Times> run(List<Task> tasks, int rounds, Runnable alive) {
        List<Samples> all = new ArrayList<>();
        tasks.forEach(task -> all.add(new Samples(task.action())));
        for (int round = -WARM_UP; round < rounds; round++) {
            if (round == 0) {
                System.gc();
                all.forEach(Samples::forget);
            }
            for (Samples samples : all) {
                samples.slot();
                alive.run();
            }
        }
        return all.stream().map(Samples::times).toList();
    }
}
