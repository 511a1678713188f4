package dev.geotherm.benchmarks.pool;

import static dev.geotherm.benchmarks.pool.CellRun.BYTES;
import static dev.geotherm.benchmarks.pool.CellRun.PROCESSOR;
import static dev.geotherm.benchmarks.pool.CellRun.TIME;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The goals of the pool and the measured ratios; every value is a ratio of medians of one set of results. */
final class Goals {
    private final Figures figures;
    private final String ours;

    Goals(Figures figures, String ours) {
        this.figures = figures;
        this.ours = ours;
    }

    Table table() {
        Table table = new Table("goal", "wanted", "measured", "met");
        Stream.of(bare(), scaling(), copy(), bytes(), virtualThreads(), smallHeap(), safety())
                .flatMap(List::stream)
                .map(Goal::cells)
                .forEach(table::row);
        return table;
    }

    private List<Goal> bare() {
        return List.of(
                atLeast("bare, 1 thread: times as fast as commons-pool2", 40, faster("bare", "commons-pool2", 1)),
                atLeast("... with its statistics off", 30, faster("bare", "commons-pool2-plain", 1)),
                atMost("... time / Stormpot that never expires (aim 0.85)", 1.1, slower("bare", "stormpot-never", 1)),
                atLeast("... times as fast as Stormpot by default", 2.5, faster("bare", "stormpot", 1)),
                atLeast("bare, 8 threads: times as fast as commons-pool2", 60, faster("bare", "commons-pool2", 8)));
    }

    private List<Goal> scaling() {
        return List.of(
                atMost("bare, processor time: 2 threads / 1", 1.1, scaled(2)),
                atMost("... 8 threads / 1", 1.5, scaled(8)),
                atMost("bare: slowest iteration / median, any number of threads", 3, slowest("bare")),
                atMost("copy: slowest iteration / median, any number of threads", 3, slowest("copy")));
    }

    private List<Goal> copy() {
        return List.of(
                atLeast(
                        "copy of 1,536 floats, 1 thread: times as fast as commons-pool2",
                        8,
                        faster("copy", "commons-pool2", 1)),
                atLeast("... as new", 7, faster("copy", "new", 1)),
                atLeast(
                        "copy of 1,536 floats, 8 threads: times as fast as commons-pool2",
                        16,
                        faster("copy", "commons-pool2", 8)),
                atLeast("... as new", 9, faster("copy", "new", 8)));
    }

    private List<Goal> bytes() {
        return List.of(
                atMost("bytes an operation, acquire and release", 0.1, bytes(ours)),
                atMost("... by lease", 0.1, bytes(ours + ":lease")),
                atMost("... by use", 0.1, bytes(ours + ":use")),
                atMost("... on virtual threads, less those of the threads", 0.1, netBytes()));
    }

    private List<Goal> virtualThreads() {
        return List.of(
                atMost(
                        "10,000 virtual threads: time / Stormpot's tap for them",
                        1,
                        slower("virtual", "stormpot-virtual", 1)),
                atLeast("... times as fast as new", 4, faster("virtual", "new", 1)),
                atMost("... starved: time / commons-pool2", 1, slower("starved", "commons-pool2", 1)),
                atLeast("... share of waiters served", 1, safe("waiters served")),
                atLeast("... share served in the order of their coming", 1, safe("first come first served")));
    }

    private List<Goal> smallHeap() {
        return List.of(
                atLeast("4,000 in flight, 256 MB, G1: times fewer pauses than new", 40, loop("pauses")),
                atLeast("... times less pause time", 35, loop("pause ms")),
                atLeast("... times lower p99", 20, loop("p99 us")));
    }

    private List<Goal> safety() {
        return List.of(
                atLeast("leaks: share found within two collections", 1, safe("leaks found")),
                atLeast("... share of the capacity restored", 1, safe("capacity restored")),
                atMost("... processor time of a claim, sampling on / off", 1.03, sampling()),
                atLeast("share of stale releases of a lease caught", 1, safe("stale releases caught")));
    }

    private OptionalDouble faster(String scene, String peer, int threads) {
        return figures.ratio(time(scene, peer, threads), time(scene, ours, threads));
    }

    private OptionalDouble slower(String scene, String peer, int threads) {
        return figures.ratio(time(scene, ours, threads), time(scene, peer, threads));
    }

    private static Figures.Key time(String scene, String pool, int threads) {
        return new Figures.Key(scene, pool, threads, TIME);
    }

    private OptionalDouble scaled(int threads) {
        return figures.ratio(processor(ours, threads), processor(ours, 1));
    }

    private OptionalDouble sampling() {
        return figures.ratio(processor(ours, 1), processor(ours + Plan.UNSAMPLED, 1));
    }

    private static Figures.Key processor(String pool, int threads) {
        return new Figures.Key("bare", pool, threads, PROCESSOR);
    }

    /** Returns the slowest iteration over the median, in the worst round and with the worst number of threads. */
    private OptionalDouble slowest(String scene) {
        return greatest(Plan.THREADS.stream().map(threads -> figures.greatestToMedian(time(scene, ours, threads))));
    }

    private OptionalDouble bytes(String pool) {
        return greatest(Plan.THREADS.stream().map(threads -> figures.median("bare", pool, threads, BYTES)));
    }

    private OptionalDouble netBytes() {
        OptionalDouble empty = figures.median("virtual", "nothing", 1, BYTES);
        OptionalDouble virtual = figures.median("virtual", ours, 1, BYTES);
        return empty.isPresent() && virtual.isPresent()
                ? OptionalDouble.of(Math.max(0, virtual.getAsDouble() - empty.getAsDouble()))
                : OptionalDouble.empty();
    }

    private OptionalDouble loop(String measure) {
        String scene = Plan.loop("G1", 4000);
        return figures.ratio(new Figures.Key(scene, "new", 1, measure), new Figures.Key(scene, ours, 1, measure));
    }

    private OptionalDouble safe(String measure) {
        return figures.median("safety", ours, 1, measure);
    }

    private static OptionalDouble greatest(Stream<OptionalDouble> values) {
        return values.flatMapToDouble(OptionalDouble::stream).max();
    }

    private static Goal atLeast(String text, double bound, OptionalDouble measured) {
        return new Goal(text, true, bound, measured);
    }

    private static Goal atMost(String text, double bound, OptionalDouble measured) {
        return new Goal(text, false, bound, measured);
    }
}
