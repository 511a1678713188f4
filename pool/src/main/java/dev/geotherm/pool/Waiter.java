package dev.geotherm.pool;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A caller who waits for a place in a pool; guarded by the pool's lock. */
final class Waiter<T> {
    private final Condition condition;
    private boolean answered;
    private @Nullable Pooled<T> offered;

    Waiter(Condition condition) {
        this.condition = condition;
    }

    /** Gives the waiter a place, with an object in it or an empty one. */
    void answer(@Nullable Pooled<T> object) {
        answered = true;
        offered = object;
        condition.signal();
    }

    boolean answered() {
        return answered;
    }

    @Nullable
    Pooled<T> offered() {
        return offered;
    }

    void wake() {
        condition.signal();
    }

    /** Returns what is signalled with an answer or a wake-up. */
    Condition condition() {
        return condition;
    }
}
