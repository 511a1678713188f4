package dev.geotherm.benchmarks.pool;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/** Acquire, fill and release: a pool of 16 preallocated objects, never exhausted by up to 8 threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 120, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Xms1g",
            "-Xmx1g",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseG1GC",
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=dev.geotherm.benchmarks.pool.FastThreads"
        })
public class PoolBenchmark {
    private static final int SIZE = 16;

    @Param({"new", "commons-pool2", "stormpot-never", "netty", "striped", "striped:lease"})
    private String pool;

    /** The dimension of the vector of each object. */
    @Param("1536")
    private int dimension;

    /** The number of floats that a borrower copies; 0 for a bare acquire and release. */
    @Param({"0", "1536"})
    private int copied;

    private Rival rival;

    /** Opens the pool. */
    @Setup
    public void open() throws Exception {
        rival = Rivals.open(pool, SIZE, dimension);
    }

    /** Closes it. */
    @TearDown
    public void close() throws Exception {
        rival.close();
    }

    /** One use of one object. */
    @Benchmark
    public void once(Holder holder) throws Exception {
        rival.once(holder.filling);
    }

    /** A thread that uses the pool. */
    @State(Scope.Thread)
    public static class Holder {
        private Filling filling;

        /** Prepares the vector to copy. */
        @Setup
        public void prepare(PoolBenchmark benchmark, Blackhole hole) {
            filling = new Filling(new float[benchmark.copied], hole);
        }
    }
}
