package dev.geotherm.benchmarks.diff;

import java.io.IOException;
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
import org.openjdk.jmh.annotations.Warmup;

/** One comparison, or the same changes written to a tracked state; each contender in its own JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xss64m"})
public class DiffBenchmark {
    @Param({"heat1000", "emb500", "mime-far", "emoji", "caniuse-adj", "bcd-adj"})
    public String pair;

    @Param({"E", "geotherm", "geotherm-shared", "geotherm-tracked", "zjsonpatch", "zjsonpatch-plain", "parsson"})
    public String contender;

    private Supplier<Object> comparing;

    @Setup
    public void prepare() throws IOException {
        comparing = Contenders.named(pair, contender).comparing(StatePair.read(pair));
    }

    @Benchmark
    public Object diff() {
        return comparing.get();
    }
}
