package dev.geotherm.pool.slab;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.GeothermException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The budget of native memory that the pools of one component share. */
final class MemoryBudget {
    private final Supplier<DataSize> limit;
    private final AtomicLong taken = new AtomicLong();

    /** Creates a budget; a limit of 0 means no limit. */
    MemoryBudget(Supplier<DataSize> limit) {
        this.limit = limit;
    }

    long taken() {
        return taken.get();
    }

    /**
     * Takes bytes.
     *
     * @throws GeothermException if they would exceed the limit
     */
    void take(long bytes) {
        long most = limit.get().bytes();
        long after = taken.addAndGet(bytes);
        if (most > 0 && after > most) {
            taken.addAndGet(-bytes);
            throw new GeothermException("a block of " + new DataSize(bytes) + " of native memory does not fit: "
                    + new DataSize(after - bytes) + " of memoryLimit=" + limit.get()
                    + " are used; release vectors, lower maxSize, or raise memoryLimit");
        }
    }

    void release(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** Returns an action that returns bytes to the budget; it does not keep their memory reachable. */
    Runnable releaseAction(long bytes) {
        AtomicLong counter = taken;
        return () -> counter.addAndGet(-bytes);
    }
}
