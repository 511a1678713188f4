package dev.geotherm.benchmarks.streaming;

import com.sun.management.OperatingSystemMXBean;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Compares pipelines and queues by the processor time of the whole process for each record. They take turns in one JVM, so that other
 * work on the machine and the compilers affect all alike; each turn opens its own pipeline and closes it.
 */
public final class StreamingTurns {
    private static final int CAPACITY = 8_192;
    private static final Map<String, String> NO_METADATA = Map.of();

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private StreamingTurns() {}

    /**
     * Runs it.
     *
     * @param args rounds, records of a turn, producers, tokens of work for each record, and the names of the pipelines and queues
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        int records = Integer.parseInt(args[1]);
        int producers = Integer.parseInt(args[2]);
        int tokens = Integer.parseInt(args[3]);
        String[] names = Arrays.copyOfRange(args, 4, args.length);
        double[][] processor = new double[names.length][rounds];
        double[][] rates = new double[names.length][rounds];
        double[] batches = new double[names.length];
        for (int round = -rounds / 4; round < rounds; round++) { // the first ones warm up
            for (int i = 0; i < names.length; i++) {
                Sink sink = new Sink(tokens);
                long start;
                long cpu;
                try (Rival rival = Rivals.open(names[i], CAPACITY, sink)) {
                    start = System.nanoTime();
                    cpu = SYSTEM.getProcessCpuTime();
                    produce(rival, Rivals.hasPriorities(names[i]), producers, records / producers);
                    while (sink.received() < records / producers * producers) {
                        Thread.sleep(1);
                    }
                    cpu = SYSTEM.getProcessCpuTime() - cpu;
                    start = System.nanoTime() - start;
                }
                if (round >= 0) {
                    processor[i][round] = (double) cpu / records;
                    rates[i][round] = records * 1e3 / start;
                    batches[i] += sink.meanBatch() / rounds;
                }
            }
        }
        System.out.printf("%-20s %10s %10s %10s %10s%n", "", "min ns", "median ns", "median M/s", "batch");
        for (int i = 0; i < names.length; i++) {
            Arrays.sort(processor[i]);
            Arrays.sort(rates[i]);
            System.out.printf(
                    Locale.ROOT,
                    "%-20s %10.1f %10.1f %10.2f %10.1f%n",
                    names[i],
                    processor[i][0],
                    processor[i][rounds / 2],
                    rates[i][rounds / 2],
                    batches[i]);
        }
        System.exit(0);
    }

    private static void produce(Rival rival, boolean mixed, int producers, int each) throws InterruptedException {
        Thread[] threads = new Thread[producers];
        for (int i = 0; i < producers; i++) {
            threads[i] = new Thread(() -> put(rival, mixed, each), "producer");
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void put(Rival rival, boolean mixed, int count) {
        Priority[] priorities = Priority.values();
        try {
            for (long number = 0; number < count; number++) {
                Priority priority = mixed ? priorities[(int) (number % 5)] : Priority.NORMAL;
                rival.put(new Fragment<>("", new Sample(number, 0), priority, Instant.EPOCH, NO_METADATA));
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
