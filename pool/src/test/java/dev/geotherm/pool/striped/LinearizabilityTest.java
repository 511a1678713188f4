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
 * Acquisitions and releases of one contended object are linearizable if releases are exact, even if threads release it
 * that do not hold it.
 *
 * <p>By default, several simultaneous releases of one claim may succeed, which no sequential order explains;
 * {@link HoldersLinearizabilityTest} covers that case. Nor does one explain a discard by a thread that does not hold
 * the object while another is about to acquire it: the other thread gets a new object.
 *
 * <p>A release in progress counts as complete for another release, but not yet for an acquisition; an acquisition in
 * progress counts as started for another acquisition, but not yet for a release. A call that is refused during one of
 * the other kind is therefore repeated until none is in progress.
 */
@Timeout(300)
public class LinearizabilityTest {
    private static final StripedPoolsSettings SETTINGS =
            QuietPools.settings("maxSize", "1", "whenExhausted", "fail", "exactReturns", "true");

    /** Known to all threads in advance: other threads would know the result of an acquisition only after it. */
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

    private final CallsInProgress claims = new CallsInProgress();
    private final CallsInProgress returns = new CallsInProgress();

    /** A counter of calls that detects whether any were in progress in the meantime. */
    private static final class CallsInProgress {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        boolean anySince(int endedBefore) {
            return begun.get() != endedBefore;
        }
    }

    /** For Lincheck and JUnit. */
    public LinearizabilityTest() {
        pool.release(pool.acquire()); // otherwise a release is refused while the object is being allocated
    }

    @Operation
    public boolean acquire() {
        return succeeds(claims, returns, pool::acquire);
    }

    @Operation
    public boolean release() {
        return succeeds(returns, claims, () -> pool.release(only));
    }

    private static boolean succeeds(CallsInProgress these, CallsInProgress others, Runnable call) {
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
    void acquireAndRelease_areLinearizable() {
        check(5, 100);
    }

    @Test
    @Tag("full")
    void acquireAndRelease_areLinearizableInManyRuns() {
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
