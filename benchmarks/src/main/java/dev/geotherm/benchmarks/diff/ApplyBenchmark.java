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

/** One application of a contender's own delta to a state that must stay unchanged. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-Xss64m"})
public class ApplyBenchmark {
    @Param({"heat1000", "mime-far", "caniuse-adj", "bcd-adj"})
    public String pair;

    @Param({"geotherm", "zjsonpatch", "parsson"})
    public String contender;

    private Supplier<Object> applying;

    @Setup
    public void prepare() throws IOException {
        StatePair states = StatePair.read(pair);
        Contender one = Contenders.named(pair, contender);
        applying = one.applying(states, one.comparing(states).get());
    }

    @Benchmark
    public Object apply() {
        return applying.get();
    }
}
