package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.TreeDiffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the commits per second of one writer with no subscribers, with 990 that read, and with 1,000 of which 10
 * never return, in turns; also the memory in use as commits accumulate.
 */
public final class Subscribers {
    private static final int READERS = 990;
    private static final int STUCK = 10;
    private static final int ROUNDS = 9;
    private static final long SLOT = 300_000_000;

    private final String name;
    private final TrackedState state;
    private final List<AtomicLong> read = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();

    @SuppressWarnings("MustBeClosedChecker") // ends with the process
    private Subscribers(String name, int readers, int stuck) {
        this.name = name;
        TreeDiffer differ = new Geotherm(name, Map.of(), false).open();
        state = differ.track(TrackedSizes.state(1_000));
        for (int i = 0; i < readers; i++) {
            AtomicLong revision = new AtomicLong(-1);
            read.add(revision);
            state.subscribe(update -> revision.set(update.revision()));
        }
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < stuck; i++) {
            state.subscribe(update -> {
                try {
                    never.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Prints a table, and the memory in use after each round. */
    public static void main(String[] args) {
        List<Subscribers> all = List.of(
                new Subscribers("none", 0, 0),
                new Subscribers(READERS + " that read", READERS, 0),
                new Subscribers(STUCK + " more never return", READERS, STUCK));
        List<Long> megabytes = new ArrayList<>();
        for (int round = -3; round < ROUNDS; round++) {
            for (Subscribers each : all) {
                each.slot(round >= 0);
            }
            megabytes.add(used() >> 20);
        }
        Table table = new Table("subscribers", "median commits/s", "least", "most", "revisions", "");
        for (Subscribers each : all) {
            double[] sorted = each.rates.stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            table.add(
                    each.name,
                    Table.count(sorted[sorted.length / 2]),
                    Table.count(sorted[0]),
                    Table.count(sorted[sorted.length - 1]),
                    Table.count(each.state.revision()),
                    "");
        }
        System.out.println(table);
        System.out.println("MB in use after each round: " + megabytes);
        System.exit(0);
    }

    private void slot(boolean counts) {
        long start = System.nanoTime();
        long commits = 0;
        while (System.nanoTime() - start < SLOT) {
            for (int i = 0; i < 20; i++, commits++) {
                Pointer path = Pointer.of("anchor-" + commits * 7 % 1_000, "heat");
                JsonNode heat = JsonNodeFactory.instance.numberNode(start + commits);
                state.edit(editor -> editor.set(path, heat));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        // The next slot must not pay for the backlog of these subscribers.
        while (!read.stream().allMatch(revision -> revision.get() == state.revision())) {
            LockSupport.parkNanos(1_000_000);
        }
        if (counts) {
            rates.add(commits / seconds);
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
