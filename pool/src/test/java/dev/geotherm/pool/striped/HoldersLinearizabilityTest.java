package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The operations of a pool of two objects are linearizable if threads release only objects that they hold.
 *
 * <p>{@link BoundsLinearizabilityTest} covers changes of the bound.
 */
@Timeout(300)
public class HoldersLinearizabilityTest {
    private static final int THREADS = 3;

    private static final StripedPoolsSettings SETTINGS = QuietPools.settings("maxSize", "2", "whenExhausted", "fail");

    private final ObjectPool<Object> pool = QuietPools.pool(SETTINGS);
    private final Object[] held = new Object[THREADS + 2];
    private final Lease<?>[] leases = new Lease<?>[THREADS + 2];

    /** For Lincheck and JUnit. */
    public HoldersLinearizabilityTest() {}

    private static boolean succeeds(BooleanSupplier claim) {
        try {
            return claim.getAsBoolean();
        } catch (PoolExhaustedException inUse) {
            return false;
        }
    }

    private static <T> T taken(T[] from, int index) {
        T what = from[index];
        from[index] = null;
        return what;
    }

    @Operation
    public boolean acquire(@Param(gen = ThreadIdGen.class) int thread) {
        return held[thread] == null && succeeds(() -> (held[thread] = pool.acquire()) != null);
    }

    @Operation
    public boolean release(@Param(gen = ThreadIdGen.class) int thread) {
        return finish(thread, false);
    }

    @Operation
    public boolean discard(@Param(gen = ThreadIdGen.class) int thread) {
        return finish(thread, true);
    }

    private boolean finish(int thread, boolean broken) {
        Object object = taken(held, thread);
        if (object != null && broken) {
            pool.discard(object);
        } else if (object != null) {
            pool.release(object);
        }
        return object != null;
    }

    @Operation
    public boolean lease(@Param(gen = ThreadIdGen.class) int thread) {
        return leases[thread] == null && succeeds(() -> (leases[thread] = pool.lease()) != null);
    }

    @Operation
    public boolean closeLease(@Param(gen = ThreadIdGen.class) int thread) {
        return end(thread, Lease::close);
    }

    @Operation
    public boolean discardLease(@Param(gen = ThreadIdGen.class) int thread) {
        return end(thread, Lease::discard);
    }

    private boolean end(int thread, Consumer<Lease<?>> way) {
        Lease<?> lease = taken(leases, thread);
        if (lease != null) {
            way.accept(lease);
            lease.close(); // does nothing
        }
        return lease != null;
    }

    @Test
    void acquireAndRelease_areLinearizable() {
        check(2, 60);
    }

    @Test
    @Tag("full")
    void acquireAndRelease_areLinearizableInManyRuns() {
        check(15, 400);
    }

    private static void check(int iterations, int invocations) {
        new StressOptions()
                .iterations(iterations)
                .invocationsPerIteration(invocations)
                .threads(THREADS)
                .actorsPerThread(4)
                .check(HoldersLinearizabilityTest.class);
    }
}
