package dev.geotherm.streaming;

import dev.geotherm.api.StackRoom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one waiting worker that producers wake without a lock. It wakes the next worker if there is more to do.
 *
 * <p>A worker becomes the standby before it checks for claimed positions, and a producer checks for a standby after it has
 * claimed one, so at least one of them sees the other.
 */
final class StandbyWorker {
    private static final int UNPARK_KILOBYTES = 16;
    private static final int WAKE_KILOBYTES = UNPARK_KILOBYTES + 4;

    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    void set(@Nullable Thread watching) {
        thread.set(watching);
    }

    /** Checks that the stack has room to add a fragment and to wake the standby, if there is one. */
    void requireRoom() {
        if (thread.get() != null) {
            StackRoom.require(WAKE_KILOBYTES);
        }
    }

    /** Wakes the standby, if there is one. If too little stack is left to wake a virtual thread, nothing has changed. */
    void wake() {
        Thread watching = thread.get();
        if (watching != null) {
            StackRoom.require(UNPARK_KILOBYTES);
            if (thread.compareAndSet(watching, null)) {
                LockSupport.unpark(watching);
            }
        }
    }
}
