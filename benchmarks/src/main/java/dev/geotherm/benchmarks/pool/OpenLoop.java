package dev.geotherm.benchmarks.pool;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.infra.Blackhole;

/**
 * An open-loop benchmark: one thread performs 100,000 operations per second in a small, partly used heap, while another
 * thread creates 100 MB of garbage per second; run it in its own JVM with {@code -Xmx256m}.
 *
 * <p>Each operation releases the object that was acquired a number of operations ago, acquires another and fills it.
 * Its latency is measured from the time at which it was due, not from its start, so a pause delays all operations that
 * were due in it.
 */
public final class OpenLoop {
    private static final long PERIOD_NANOS = 10_000;
    private static final int WARM_UP_SECONDS = 2;
    private static final int LIVE_BYTES = 60 << 20;
    private static final int GARBAGE_BYTES_EACH_MILLISECOND = 100 << 10;

    private final Rival rival;
    private final Concept[] inFlight;
    private final Filling filling;
    private final List<byte[]> live = new ArrayList<>();

    @SuppressWarnings("UnusedVariable") // written so that nothing is optimised away
    private volatile byte[] garbage = {};

    private long done;

    private OpenLoop(Rival rival, int inFlight) {
        this.rival = rival;
        this.inFlight = new Concept[inFlight];
        this.filling = new Filling(
                new float[Concept.DIMENSION],
                new Blackhole(
                        "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous."));
    }

    /**
     * Runs it and prints results.
     *
     * @param args the name of the scenario in the results, the pool, the number of objects in flight, the seconds
     */
    public static void main(String[] args) throws Exception {
        String pool = args[1];
        int inFlight = Integer.parseInt(args[2]);
        try (Rival rival = Rivals.open(pool, inFlight + 96, Concept.DIMENSION)) {
            OpenLoop loop = new OpenLoop(rival, inFlight);
            loop.fillHeap();
            loop.startGarbage();
            loop.run(WARM_UP_SECONDS);
            System.gc(); // the garbage of the warm-up must not affect the measurement
            Collections before = Collections.now();
            Histogram latencies = loop.run(Integer.parseInt(args[3]));
            Collections spent = Collections.now().since(before);
            print(args[0], pool, "p50 us", micros(latencies, 50));
            print(args[0], pool, "p99 us", micros(latencies, 99));
            print(args[0], pool, "p99.9 us", micros(latencies, 99.9));
            print(args[0], pool, "max ms", micros(latencies, 100) / 1e3);
            print(args[0], pool, "pauses", (double) spent.pauses);
            print(args[0], pool, "pause ms", (double) spent.pauseMillis);
            print(args[0], pool, "concurrent ms", (double) spent.concurrentMillis);
        }
    }

    private static double micros(Histogram latencies, double percentile) {
        return (double) latencies.getValueAtPercentile(percentile) / 1e3;
    }

    private static void print(String scene, String pool, String measure, double value) {
        System.out.println(Figure.here(scene, pool, 1, measure, value).line());
    }

    private void fillHeap() {
        int piece = 8 << 10;
        for (int bytes = 0; bytes < LIVE_BYTES; bytes += piece) {
            live.add(new byte[piece]);
        }
    }

    private void startGarbage() {
        Thread thread = new Thread(
                () -> {
                    long due = System.nanoTime();
                    while (true) {
                        due += TimeUnit.MILLISECONDS.toNanos(1);
                        for (int bytes = 0; bytes < GARBAGE_BYTES_EACH_MILLISECOND; bytes += 1 << 10) {
                            garbage = new byte[1 << 10];
                        }
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                },
                "garbage");
        thread.setDaemon(true);
        thread.start();
    }

    private Histogram run(int seconds) throws Exception {
        Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(5), 3);
        long operations = TimeUnit.SECONDS.toNanos(seconds) / PERIOD_NANOS;
        long start = System.nanoTime();
        for (long i = 0; i < operations; i++) {
            long due = start + i * PERIOD_NANOS;
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            operate();
            latencies.recordValue(System.nanoTime() - due);
        }
        return latencies;
    }

    private void operate() throws Exception {
        int place = (int) (done++ % inFlight.length);
        Concept oldest = inFlight[place];
        if (oldest != null) {
            rival.release(oldest);
        }
        inFlight[place] = filling.apply(rival.claim());
    }

    /** The work of the collectors, which report pauses and concurrent work in separate beans. */
    private record Collections(long pauses, long pauseMillis, long concurrentMillis) {

        static Collections now() {
            List<GarbageCollectorMXBean> beans = ManagementFactory.getGarbageCollectorMXBeans();
            boolean named = beans.stream().anyMatch(bean -> bean.getName().endsWith("Pauses"));
            long pauses = 0;
            long pauseMillis = 0;
            long concurrentMillis = 0;
            for (GarbageCollectorMXBean bean : beans) {
                String name = bean.getName();
                if (named ? name.endsWith("Pauses") : !name.contains("Concurrent")) {
                    pauses += bean.getCollectionCount();
                    pauseMillis += bean.getCollectionTime();
                } else {
                    concurrentMillis += bean.getCollectionTime();
                }
            }
            return new Collections(pauses, pauseMillis, concurrentMillis);
        }

        Collections since(Collections before) {
            return new Collections(
                    pauses - before.pauses,
                    pauseMillis - before.pauseMillis,
                    concurrentMillis - before.concurrentMillis);
        }
    }
}
