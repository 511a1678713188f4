package dev.geotherm.benchmarks.streaming;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Measures one pipeline or queue in this JVM, and prints a line of numbers.
 *
 * <p>Throughput: producers put as fast as they can; the medians of windows of 250 ms. Latency: one producer puts 100,000 records per
 * second in bursts, and parks between them.
 */
public final class StreamingRun {
    private static final long WINDOW_MILLIS = 250;
    private static final int WINDOWS = 8;

    /** The processor time of the warm-up: other work can take most of the processors. */
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("warmUp", 4));

    private static final long PERIOD_NANOS = 10_000;
    private static final Map<String, String> NO_METADATA = Map.of();

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final String name;
    private final Sink sink;
    private final AtomicLong produced = new AtomicLong();
    private volatile boolean stopped;

    private StreamingRun(String name, int tokens) {
        this.name = name;
        this.sink = new Sink(tokens);
    }

    /**
     * Runs it.
     *
     * @param args the pipeline or queue; {@code throughput} or {@code latency}; producers; capacity; tokens of work for each record
     */
    public static void main(String[] args) throws Exception {
        StreamingRun run = new StreamingRun(args[0], Integer.parseInt(args[4]));
        int producers = Integer.parseInt(args[2]);
        try (Rival rival = Rivals.open(args[0], Integer.parseInt(args[3]), run.sink)) {
            if (args[1].equals("latency")) {
                run.latency(rival, Long.getLong("seconds", 4));
            } else {
                run.throughput(rival, producers);
            }
        }
        System.exit(0);
    }

    private void throughput(Rival rival, int producers) throws InterruptedException {
        Thread[] running = new Thread[producers];
        for (int i = 0; i < producers; i++) {
            running[i] = new Thread(() -> produce(rival), "producer");
            running[i].start();
        }
        while (system.getProcessCpuTime() < WARM_UP_NANOS) {
            Thread.sleep(10);
        }
        double[] rates = new double[WINDOWS];
        double[] processor = new double[WINDOWS];
        double[] bytes = new double[WINDOWS];
        for (int i = 0; i < WINDOWS; i++) {
            long allocated = allocated();
            long cpu = system.getProcessCpuTime();
            long records = sink.received();
            long start = System.nanoTime();
            Thread.sleep(WINDOW_MILLIS);
            long took = System.nanoTime() - start;
            double done = Math.max(1, sink.received() - records);
            rates[i] = done * 1e3 / took;
            processor[i] = (system.getProcessCpuTime() - cpu) / done;
            bytes[i] = (allocated() - allocated) / done;
        }
        stopped = true;
        for (Thread each : running) {
            each.join();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (sink.received() < produced.get() && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        System.out.printf(
                Locale.ROOT,
                "%s\tM/s %.2f\tcpu ns %.1f\tB %.1f\tbatch %.1f\tlost %d%n",
                name,
                median(rates),
                median(processor),
                median(bytes),
                sink.meanBatch(),
                produced.get() - sink.received());
    }

    private void produce(Rival rival) {
        Priority[] priorities = Priority.values();
        boolean mixed = Rivals.hasPriorities(name);
        long number = 0;
        try {
            while (!stopped) {
                Priority priority = mixed ? priorities[(int) (number % 5)] : Priority.NORMAL;
                rival.put(new Fragment<>("", new Sample(number, 0), priority, Instant.EPOCH, NO_METADATA));
                number++;
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        } finally {
            produced.addAndGet(number);
        }
    }

    private void latency(Rival rival, long seconds) throws InterruptedException {
        send(rival, 2);
        sink.takeLatencies();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        send(rival, seconds);
        double cores = (double) (system.getProcessCpuTime() - cpu) / (System.nanoTime() - start);
        Histogram latencies = sink.takeLatencies();
        System.out.printf(
                Locale.ROOT,
                "%s\tp50 us %.1f\tp99 us %.1f\tp99.9 us %.1f\tcores %.3f\tbatch %.1f%n",
                name,
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getValueAtPercentile(99.9) / 1e3,
                cores,
                sink.meanBatch());
    }

    private static void send(Rival rival, long seconds) throws InterruptedException {
        long start = System.nanoTime();
        long records = TimeUnit.SECONDS.toNanos(seconds) / PERIOD_NANOS;
        long sent = 0;
        while (sent < records) {
            long due = (System.nanoTime() - start) / PERIOD_NANOS;
            for (; sent < Math.min(due, records); sent++) {
                rival.put(new Fragment<>(
                        "", new Sample(sent, System.nanoTime()), Priority.NORMAL, Instant.EPOCH, NO_METADATA));
            }
            LockSupport.parkNanos(50_000);
        }
    }

    private long allocated() {
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
