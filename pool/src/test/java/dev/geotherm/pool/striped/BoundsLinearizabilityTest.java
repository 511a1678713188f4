package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolExhaustedException;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Acquisitions and releases are linearizable while the bound of the pool changes, if releases are exact.
 *
 * <p>By default, a released object beyond a lowered bound is idle for a moment, in which another caller may acquire it.
 * That is not linearizable, and need not be.
 */
@Timeout(300)
public class BoundsLinearizabilityTest {
    private static final int THREADS = 3;

    /** The settings by bound; the first is not used. */
    private static final List<StripedPoolsSettings> BOUNDS = List.of(bound(1), bound(1), bound(2), bound(3));

    private final StripedPool<Object> pool = QuietPools.pool(BOUNDS.get(2));
    private final Object[] held = new Object[THREADS + 2];

    /** For Lincheck and JUnit. */
    public BoundsLinearizabilityTest() {}

    private static StripedPoolsSettings bound(int size) {
        return QuietPools.settings("maxSize", String.valueOf(size), "whenExhausted", "fail", "exactReturns", "true");
    }

    @Operation
    public boolean acquire(@Param(gen = ThreadIdGen.class) int thread) {
        try {
            return held[thread] == null && (held[thread] = pool.acquire()) != null;
        } catch (PoolExhaustedException inUse) {
            return false;
        }
    }

    @Operation
    public boolean release(@Param(gen = ThreadIdGen.class) int thread) {
        Object object = held[thread];
        held[thread] = null;
        if (object != null) {
            pool.release(object);
        }
        return object != null;
    }

    /**
     * One at a time, as in the component, followed by a sweep, because a processor may delay the store of a release
     * past the check for surplus.
     */
    @Operation
    public synchronized void resize(@Param(gen = IntGen.class, conf = "1:3") int size) {
        pool.adapt(BOUNDS.get(size));
        pool.sweep();
    }

    @Test
    void acquireAndRelease_areLinearizable() {
        check(2, 60);
    }

    @Test
    @Tag("full")
    void acquireAndRelease_areLinearizableInManyRuns() {
        check(10, 400);
    }

    private static void check(int iterations, int invocations) {
        new StressOptions()
                .iterations(iterations)
                .minimizeFailedScenario(false)
                .invocationsPerIteration(invocations)
                .threads(THREADS)
                .actorsPerThread(4)
                .check(BoundsLinearizabilityTest.class);
    }
}
