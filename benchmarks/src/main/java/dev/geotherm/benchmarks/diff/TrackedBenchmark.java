package dev.geotherm.benchmarks.diff;

import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.diff.TreeDiffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The same 100 changes in tracked states of several sizes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class TrackedBenchmark {
    @Param({"10000", "100000", "1000000"})
    public int entries;

    /** Whether a snapshot is taken, and one of its values read, after each commit. */
    @Param({"false", "true"})
    public boolean snapshots;

    private TreeDiffer differ;
    private Supplier<Object> edits;

    @Setup
    public void open() {
        differ = new Geotherm("benchmark", Map.of(), false).open();
        TrackedState state = differ.track(TrackedSizes.state(entries));
        edits = TrackedSizes.edits(state, snapshots);
    }

    @TearDown
    public void close() {
        differ.close();
    }

    @Benchmark
    public Object edit() {
        return edits.get();
    }
}
