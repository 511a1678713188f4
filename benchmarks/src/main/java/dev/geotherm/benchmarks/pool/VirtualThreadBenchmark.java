package dev.geotherm.benchmarks.pool;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * 10,000 virtual threads that use a pool of 16 a few times; the time includes their start and end.
 *
 * <p>Needs a JDK 21 or newer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC"})
public class VirtualThreadBenchmark {
    static final int THREADS = 10_000;
    private static final int USES = 20;
    private static final int STARVED_USES = 5;
    private static final int SIZE = 16;

    @Param({"nothing", "new", "commons-pool2", "stormpot-virtual", "hikari", "striped"})
    private String pool;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private ThreadFactory threads;
    private Rival rival;
    private Filling filling;

    /** Opens the pool. */
    @Setup
    public void open(Blackhole hole) throws Exception {
        threads = VirtualThreads.factory();
        filling = new Filling(new float[0], hole);
        rival = Rivals.open(pool, SIZE, Concept.DIMENSION, Map.of("whenExhausted", "wait", "maxWait", "5m"));
    }

    /** Closes it. */
    @TearDown
    public void close() throws Exception {
        rival.close();
    }

    /** Each thread uses the pool 20 times and never yields its carrier while it holds an object. */
    @Benchmark
    @OperationsPerInvocation(THREADS * USES)
    public void free() throws Exception {
        all(() -> {
            for (int i = 0; i < USES; i++) {
                rival.once(filling);
            }
        });
    }

    /**
     * Each thread uses the pool 5 times and yields while it holds an object, so that most threads find no idle object.
     */
    @Benchmark
    @OperationsPerInvocation(THREADS * STARVED_USES)
    @SuppressWarnings("ThreadPriorityCheck") // it is what is measured
    public void starved() throws Exception {
        all(() -> {
            for (int i = 0; i < STARVED_USES; i++) {
                Concept concept = rival.claim();
                filling.apply(concept);
                Thread.yield();
                rival.release(concept);
            }
        });
    }

    private void all(Task task) throws Exception {
        CountDownLatch done = new CountDownLatch(THREADS);
        Runnable life = () -> {
            try {
                task.run();
            } catch (Throwable e) {
                failure.set(e);
            } finally {
                done.countDown();
            }
        };
        for (int i = 0; i < THREADS; i++) {
            threads.newThread(life).start();
        }
        done.await();
        if (failure.get() != null) {
            throw new IllegalStateException("a thread was not served", failure.get());
        }
    }

    private interface Task {
        void run() throws Exception;
    }
}
