package dev.geotherm.benchmarks;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.pool.StripedPools;
import dev.geotherm.pool.StripedPoolsSettings;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
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

/** Acquire, fill the small fields, release: a pool of 16, beside commons-pool2 and {@code new}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class PoolBenchmark {
    private static final int SIZE = 16;

    @Param({"new", "commons-pool2", "striped"})
    private String pool;

    private ObjectPools pools;
    private ObjectPool<Concept> ours;
    private GenericObjectPool<Concept> commons;

    @Setup
    public void open() throws Exception {
        pools = new StripedPools(
                Settings.of(
                        StripedPoolsSettings.class,
                        Map.of("initialSize", String.valueOf(SIZE), "maxSize", String.valueOf(SIZE))),
                ComponentContext.standalone("benchmark"));
        ours = pools.open("concepts", new Allocator<>() {
            @Override
            public Concept allocate() {
                return new Concept();
            }

            @Override
            public void reset(Concept concept) {
                concept.reset();
            }
        });
        GenericObjectPoolConfig<Concept> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(SIZE);
        config.setMaxIdle(SIZE);
        commons = new GenericObjectPool<>(
                new BasePooledObjectFactory<>() {
                    @Override
                    public Concept create() {
                        return new Concept();
                    }

                    @Override
                    public PooledObject<Concept> wrap(Concept concept) {
                        return new DefaultPooledObject<>(concept);
                    }

                    @Override
                    public void passivateObject(PooledObject<Concept> pooled) {
                        pooled.getObject().reset();
                    }
                },
                config);
        commons.addObjects(SIZE);
    }

    @TearDown
    public void close() {
        pools.close();
        commons.close();
    }

    @Benchmark
    public void acquireAndRelease(Blackhole hole) throws Exception {
        switch (pool) {
            case "new" -> hole.consume(fill(new Concept()));
            case "commons-pool2" -> {
                Concept concept = commons.borrowObject();
                hole.consume(fill(concept));
                commons.returnObject(concept);
            }
            default -> {
                Concept concept = ours.acquire();
                hole.consume(fill(concept));
                ours.release(concept);
            }
        }
    }

    private static Concept fill(Concept concept) {
        concept.id = "a-1";
        concept.heat = 0.2;
        return concept;
    }
}
