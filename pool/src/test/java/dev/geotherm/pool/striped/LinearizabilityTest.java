package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMisuseException;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Claims and returns of one contested object, also by threads that do not hold it, each look as if they happened one after
 * another where returns are exact.
 *
 * <p>By default several returns of one claim at the same moment may pass, which no order explains; what holds then is in
 * {@link HoldersLinearizabilityTest}. Nor does an order explain a discard by who does not hold the object while another is
 * about to get it: the other gets a new one.
 *
 * <p>A return that is under way has ended for who returns once more, and not yet for who wants the object; a claim that is under
 * way has begun for who wants the object, and not yet for who returns it. So a refusal beside one of the other sort is tried
 * again: it counts with none under way.
 */
@Timeout(300)
public class LinearizabilityTest {
    private static final StripedPoolsSettings SETTINGS =
            QuietPools.settings("maxSize", "1", "whenExhausted", "fail", "exactReturns", "true");

    /** Known to all threads before it is acquired: what an acquire returned would be known to others only after it. */
    private final Object only = new Object();

    private final ObjectPool<Object> pool = new StripedPool<>(
            "objects",
            new Allocator<>() {
                @Override
                public Object allocate() {
                    return only;
                }

                @Override
                public void reset(Object object) {}
            },
            SETTINGS,
            new ReferenceQueue<>(),
            System::nanoTime,
            closed -> {});

    private final UnderWay claims = new UnderWay();
    private final UnderWay returns = new UnderWay();

    /** Counts calls, and tells whether there were any meanwhile. */
    private static final class UnderWay {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        boolean anySince(int endedBefore) {
            return begun.get() != endedBefore;
        }
    }

    /** For Lincheck and JUnit. */
    public LinearizabilityTest() {
        pool.release(pool.acquire()); // or a return is refused while the object is being made
    }

    @Operation
    public boolean acquire() {
        return succeeds(claims, returns, pool::acquire);
    }

    @Operation
    public boolean release() {
        return succeeds(returns, claims, () -> pool.release(only));
    }

    private static boolean succeeds(UnderWay these, UnderWay others, Runnable call) {
        these.begun.incrementAndGet();
        try {
            while (true) {
                int ended = others.ended.get();
                try {
                    call.run();
                    return true;
                } catch (PoolExhaustedException | PoolMisuseException refused) {
                    if (!others.anySince(ended)) {
                        return false;
                    }
                    Thread.onSpinWait();
                }
            }
        } finally {
            these.ended.incrementAndGet();
        }
    }

    @Test
    void claimsAndReturnsAreLinearizable() {
        check(5, 100);
    }

    @Test
    @Tag("full")
    void claimsAndReturnsAreLinearizableInManyRuns() {
        check(20, 300);
    }

    private static void check(int iterations, int invocations) {
        new StressOptions()
                .iterations(iterations)
                .invocationsPerIteration(invocations)
                .threads(3)
                .actorsPerThread(3)
                .check(LinearizabilityTest.class);
    }
}
