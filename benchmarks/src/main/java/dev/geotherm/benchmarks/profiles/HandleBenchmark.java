package dev.geotherm.benchmarks.profiles;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.profiles.runtime.Geotherm;
import dev.geotherm.profiles.runtime.Platform;
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

/**
 * Acquire and release on a pool of a platform through its handle, compared with the same pool without a platform: the
 * difference is the cost of two calls of a handle.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 120, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class HandleBenchmark {

    /** The kind of access to the pool. */
    @Param({"direct", "handle"})
    private String access;

    private Platform platform;
    private ObjectPools pools;
    private ObjectPool<float[]> pool;

    /** Starts a platform in both cases, so that both run in the same JVM with the same threads. */
    @Setup
    public void open() {
        platform = Geotherm.start("balanced");
        pools = access.equals("handle") ? platform.pools() : direct();
        pool = pools.open("vectors", new Vectors());
    }

    @SuppressWarnings("unchecked") // the settings were bound for this factory
    private ObjectPools direct() {
        var factory = (ObjectPoolsFactory<Record>)
                platform.configuration().implementation(ComponentKind.POOL).factory();
        return factory.create(
                platform.configuration().settings(ComponentKind.POOL), ComponentContext.standalone("direct"));
    }

    /** Closes the pools. */
    @TearDown
    public void close() {
        if (access.equals("direct")) {
            pools.close();
        }
        platform.close();
    }

    /** One use of one object. */
    @Benchmark
    public float[] once() {
        float[] vector = pool.acquire();
        pool.release(vector);
        return vector;
    }

    private static final class Vectors implements Allocator<float[]> {
        @Override
        public float[] allocate() {
            return new float[64];
        }

        @Override
        public void reset(float[] vector) {}
    }
}
