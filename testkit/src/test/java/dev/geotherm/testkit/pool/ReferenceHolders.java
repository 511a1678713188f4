package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.PoolSlot;
import dev.geotherm.api.pool.Poolable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** The objects in use of a reference pool, referred to weakly; guarded by the pool's lock. */
final class ReferenceHolders<T> {
    private final Fault fault;
    private final List<Use<T>> uses = new ArrayList<>();
    private long turns;

    /** One object in use. */
    static final class Use<T> extends WeakReference<T> {
        private final long turn;
        private boolean leased;

        private Use(T object, boolean leased, long turn) {
            super(object);
            this.leased = leased;
            this.turn = turn;
        }

        long turn() {
            return turn;
        }
    }

    private record Slot(WeakReference<Object> of) implements PoolSlot {}

    ReferenceHolders(Fault fault) {
        this.fault = fault;
    }

    int size() {
        return (int) uses.stream().filter(use -> use.get() != null).count();
    }

    void giveSlot(T object) {
        if (object instanceof Poolable poolable && fault != Fault.GIVES_NO_SLOT) {
            poolable.slot(new Slot(new WeakReference<>(object)));
        }
    }

    Use<T> add(T object, boolean leased) {
        if (fault == Fault.GIVES_A_SLOT_FOR_EACH_USE) {
            giveSlot(object);
        }
        Use<T> use = new Use<>(object, leased, ++turns);
        uses.add(use);
        return use;
    }

    T anyone() {
        return uses.get(0).get();
    }

    /** Ends the use of an object; returns false if it is not in use, or cannot be released in this way. */
    boolean remove(Object object, boolean byLease) {
        Use<T> use = find(object);
        if (use == null || (use.leased && !byLease && fault != Fault.RELEASES_WHAT_IS_LEASED)) {
            return false;
        }
        return uses.remove(use);
    }

    /** Returns whether the object is in use in a turn that equals the given one modulo 65,536. */
    boolean isInTurnLike(Object object, long turn) {
        Use<T> use = find(object);
        return use != null && use.turn != turn && (use.turn - turn) % 65_536 == 0;
    }

    private Use<T> find(Object object) {
        Object wanted = object;
        if (object instanceof Poolable poolable && fault != Fault.GIVES_NO_SLOT) {
            if (!(poolable.slot() instanceof Slot slot)) {
                return null;
            }
            wanted = slot.of().get();
            if (wanted != object && fault != Fault.TRUSTS_SLOTS) {
                return null;
            }
        }
        for (Use<T> use : uses) {
            if (use.get() == wanted && wanted != null) {
                return use;
            }
        }
        return null;
    }

    /** Removes the entries of leaked objects; returns how many. */
    int expunge(long most) {
        int lost = 0;
        for (Use<T> use : List.copyOf(uses)) {
            if (lost < most && use.get() == null) {
                lost++;
                uses.remove(use);
            }
        }
        return lost;
    }

    void forgetLeases() {
        uses.forEach(use -> use.leased = false);
    }
}
