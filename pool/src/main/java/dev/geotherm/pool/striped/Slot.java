package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.Poolable;
import java.lang.invoke.VarHandle;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * The place of one object, from its allocation to its deallocation.
 *
 * <p>The object stays here while it is out: what moves is the ownership, which is in {@link SlotState}. As a weak
 * reference the slot is enqueued when the holder of the object lost it.
 *
 * <p>The count of its claims is the count of hand-outs: nothing else is counted on the fast path.
 */
final class Slot<T> extends SlotState<T> {
    long a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14;

    final long bytes;

    /** Whether it was made in advance. */
    final boolean prepared;

    /** The object's identity hash code, by which it is found, or 0 if it remembers its slot. */
    final int identity;

    /** When it was made, by {@link System#nanoTime()}. */
    final long madeAt;

    /** The number that the claims began with. */
    private final long before;

    /** Claims that handed out nothing: the pool's own, and those of objects that were not valid. Written by the owner. */
    volatile long idleClaims;

    /** Where the object was acquired, if that claim was sampled. */
    volatile @Nullable Borrower borrower;

    /** Whether it is among those that served; guarded by the lock of the stock. */
    boolean served;

    /** For the upkeep alone: whether it took the slot from a holder who lost the object, and has it still to drop. */
    boolean abandoned;

    /** For the sweep alone: the claim whose object it took from {@code kept}. */
    long faded;

    /** For the sweep alone: refers to the object while that is held softly, and perhaps longer. */
    private @Nullable SoftReference<T> soft;

    /** For the sweep alone: the last claim that it saw, and when it saw that first. */
    long seen;

    long seenAt;

    /** For the sweep alone: the last claim that was counted as demand. */
    long counted;

    Slot(T object, long bytes, StripedPool<T> pool, Reservation<T> place, boolean prepared, int identity) {
        super(object, pool, place);
        this.before = number(claim());
        this.bytes = bytes;
        this.prepared = prepared;
        this.identity = identity;
        this.madeAt = System.nanoTime();
        this.seen = -1;
        this.seenAt = madeAt;
        this.faded = -1;
        this.counted = prepared ? claim() : 0;
    }

    /** Returns the object, which the caller has claimed, or null if the collector took it because memory was short. */
    @Nullable
    T object() {
        T object = kept;
        return object != null ? object : faded();
    }

    private @Nullable T faded() {
        T object = fading;
        if (object == null) {
            object = get();
        }
        kept = object;
        return object;
    }

    /**
     * Holds the object softly from now on; for the sweep.
     *
     * <p>The object may be claimed and returned at the same time: then it is held softly while it is out, until a sweep
     * sees that, or is idle and held softly.
     */
    void soften() {
        T object = kept;
        if (object != null) {
            if (soft == null) {
                soft = new SoftReference<>(object);
            }
            fading = null;
            VarHandle.releaseFence(); // never is there neither reference
            kept = null;
        }
    }

    /** Returns whether the object, if it is there still, is held softly at most. */
    boolean isSoft() {
        return kept == null && soft != null;
    }

    /** Returns whether an object that is held softly is there; it counts as used now, so only need of memory clears it. */
    boolean touch() {
        return soft != null && soft.get() != null;
    }

    /** Takes the object, which is out, from where it is held to where it fades; for the sweep. */
    void fade(long claim) {
        T object = kept;
        fading = object != null ? object : get();
        faded = claim;
        letGo(true);
        kept = null;
        soft = null;
        letGo(true); // once more, for a return of before may just have found the object still kept
    }

    /** Lets go of the object, which is out and faded before; for the sweep. */
    void forgo() {
        letGo(true);
        fading = null;
        letGo(true); // as above
    }

    /** Keeps an object again if the sweep let go of it while its return was under way; for who returned it and has it still. */
    void keepAgain(T object) {
        if (isLetGo()) {
            letGo(false); // first: what is let go of from here on is for the next return to see
            keep(object);
        }
    }

    /** Keeps the object if it is not kept, unless the slot was emptied meanwhile. */
    void keep(T object) {
        if (kept == null) {
            kept = object;
            if (refersTo(null)) {
                kept = null;
            }
        }
    }

    /** Lets go of the object for good; for the owner, before the slot is forgotten. */
    void empty() {
        clear(); // first, for who keeps it at this moment; or it would be reported as lost once its object is collected
        kept = null;
        fading = null;
        soft = null;
    }

    /** Returns whether this is the object here; has it kept strongly again if it was not. Called before its return. */
    boolean keeps(Object object) {
        T held = kept; // once: another may keep it at this moment
        if (held == object) {
            return true;
        }
        if (held != null || !refersTo(cast(object))) {
            return false;
        }
        kept = cast(object);
        return true;
    }

    @SuppressWarnings("unchecked") // compared by identity before it is used as one
    private T cast(Object object) {
        return (T) object;
    }

    /** Returns how often the object was handed out. */
    long uses() {
        return number(claim()) - before - idleClaims;
    }

    /** Takes note that a claim handed out nothing; for its owner. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one owner at a time
    void countIdleClaim() {
        idleClaims = idleClaims + 1;
    }

    /** Has the object, which is idle, found by those who look for one. */
    void beFound() {
        if (!isHinted()) {
            shelf.hint(this);
        }
    }

    /** Returns the slot that an object remembers, if it is one of this pool, or null. */
    @SuppressWarnings("unchecked") // slots of a pool hold objects of its type
    static <T> @Nullable Slot<T> of(Poolable object, StripedPool<T> pool) {
        return object.slot() instanceof Slot<?> slot && slot.pool == pool ? (Slot<T>) slot : null;
    }
}
