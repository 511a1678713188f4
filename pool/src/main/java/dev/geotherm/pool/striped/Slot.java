package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.Poolable;
import java.lang.invoke.VarHandle;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * The slot of one object, from its allocation to its deallocation.
 *
 * <p>The object stays here while it is in use; only its ownership in {@link SlotState} changes. The slot is a weak
 * reference that is enqueued when a borrower leaks the object.
 *
 * <p>Acquisitions are counted by the number of claims; the hot path has no other counter.
 */
final class Slot<T> extends SlotState<T> {
    long a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14;

    final long bytes;

    /** Whether the object was preallocated. */
    final boolean preallocated;

    /** The identity hash code of the object, for its lookup, or 0 if the object stores its slot. */
    final int identity;

    /** The time at which the object was created, by {@link System#nanoTime()}. */
    final long madeAt;

    /** The number of the first claim. */
    private final long before;

    /**
     * The number of claims that were not acquisitions: those of the pool itself, and those of invalid objects. Written
     * by the owner.
     */
    volatile long idleClaims;

    /** The stack trace of the acquisition, if its claim was sampled. */
    volatile @Nullable Borrower borrower;

    /** Whether the object has been used; guarded by the monitor of the inventory. */
    boolean served;

    /** Whether the object was deallocated; for the owner. */
    boolean deallocated;

    /** Whether the operation that owned the slot for the pool failed; a sweep drops it. See {@link Inventory}. */
    volatile boolean orphaned;

    /** For the housekeeper only: whether it owns the slot, because the object leaked, and has not dropped it yet. */
    boolean leaked;

    /** For the sweep only: the claim during which it removed the object from {@code kept}. */
    long weakenedClaim;

    /** For the sweep only: refers to the object while it is softly referenced, and possibly longer. */
    private @Nullable SoftReference<T> soft;

    /** For the sweep only: the last claim that it saw, and the time at which it first saw that claim. */
    long seen;

    long seenAt;

    /** For the sweep only: the last claim that was counted as demand. */
    long counted;

    Slot(T object, long bytes, StripedPool<T> pool, Reservation<T> reservation, boolean preallocated, int identity) {
        super(object, pool, reservation);
        this.before = number(claim());
        this.bytes = bytes;
        this.preallocated = preallocated;
        this.identity = identity;
        this.madeAt = System.nanoTime();
        this.seen = -1;
        this.seenAt = madeAt;
        this.weakenedClaim = -1;
        this.counted = preallocated ? claim() : 0;
    }

    /**
     * Returns the object, which the caller has claimed, or null if the collector reclaimed it under memory pressure.
     */
    @Nullable
    T object() {
        T object = kept;
        return object != null ? object : restore();
    }

    private @Nullable T restore() {
        T object = weakening;
        if (object == null) {
            object = get();
        }
        kept = object;
        return object;
    }

    /**
     * Refers softly to the object from now on; for the sweep.
     *
     * <p>The object can be claimed and released concurrently. It is then softly referenced while in use, until a sweep
     * detects that, or while idle.
     */
    void soften() {
        T object = kept;
        if (object != null) {
            if (soft == null) {
                soft = new SoftReference<>(object);
            }
            weakening = null;
            VarHandle.releaseFence(); // at any time, at least one of the two references exists
            kept = null;
        }
    }

    /** Returns whether the object, if it still exists, is at most softly referenced. */
    boolean isSoft() {
        return kept == null && soft != null;
    }

    /**
     * Returns whether a softly referenced object still exists; this counts as a use, so that it is cleared only under
     * memory pressure.
     */
    boolean touch() {
        return soft != null && soft.get() != null;
    }

    /** Moves an object in use from {@code kept} to {@code weakening}; for the sweep. */
    void weaken(long claim) {
        T object = kept;
        weakening = object != null ? object : get();
        weakenedClaim = claim;
        markWeakened(true);
        kept = null;
        soft = null;
        markWeakened(true); // again, because a concurrent release may have found the object still kept
    }

    /** Drops the last strong reference to an object in use, after {@link #weaken}; for the sweep. */
    void finishWeakening() {
        markWeakened(true);
        weakening = null;
        markWeakened(true); // as above
    }

    /**
     * Keeps an object again if the sweep dropped its reference during the release; for the releasing thread, which
     * still has the object.
     */
    void keepAgain(T object) {
        if (isWeakened()) {
            markWeakened(false); // first: references dropped from here on are handled by the next release
            segment.longHeld(index, false);
            keep(object);
        }
    }

    /** Refers strongly to the object again, unless the slot has been emptied in the meantime. */
    void keep(T object) {
        if (kept == null) {
            kept = object;
            if (refersTo(null)) {
                kept = null;
            }
        }
    }

    /** Lets sweeps skip the slot until the claim ends, because it needs no work before then; for the sweep. */
    void skip(long claim) {
        seen = -1; // the idle time starts when the slot is visited again
        segment.longHeld(index, true);
        if (!isHeld(claim)) {
            segment.longHeld(index, false);
        }
    }

    /** Drops all references to the object; for the owner, before the slot is removed. */
    void empty() {
        // First, in case a thread keeps the object now: otherwise its collection would be reported as a leak.
        clear();
        kept = null;
        weakening = null;
        soft = null;
    }

    /** Returns whether this is the object of the slot, and refers strongly to it again. Called before its release. */
    boolean keeps(Object object) {
        T held = kept; // read once: another thread may keep it at this moment
        if (held == object) {
            return true;
        }
        if (held != null || !refersTo(cast(object))) {
            return false;
        }
        kept = cast(object);
        return true;
    }

    @SuppressWarnings("unchecked") // compared by identity before it is used
    private T cast(Object object) {
        return (T) object;
    }

    /** Returns the number of acquisitions of the object. */
    long uses() {
        return number(claim()) - before - idleClaims;
    }

    /** Counts a claim that is not an acquisition; for its owner. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one owner at a time
    void countIdleClaim() {
        idleClaims = idleClaims + 1;
    }

    /** Ensures that a search finds the idle object. */
    void hintIdle() {
        if (!isHinted()) {
            segment.hint(this);
        }
    }

    /** Returns the slot that an object stores if it belongs to this pool, or null. */
    @SuppressWarnings("unchecked") // slots of a pool hold objects of its type
    static <T> @Nullable Slot<T> of(Poolable object, StripedPool<T> pool) {
        return object.slot() instanceof Slot<?> slot && slot.pool == pool ? (Slot<T>) slot : null;
    }
}
