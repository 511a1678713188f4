package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.Poolable;
import java.lang.invoke.VarHandle;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * The slot of one object, from its allocation to its deallocation.
 *
 * <p>The object stays here while it is in use; only its ownership changes, which is in {@link SlotState}. The slot is a weak
 * reference, so that it is enqueued when the borrower leaks the object.
 *
 * <p>The number of its claims is the number of acquisitions: nothing else is counted on the hot path.
 */
final class Slot<T> extends SlotState<T> {
    long a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14;

    final long bytes;

    /** Whether it was preallocated. */
    final boolean preallocated;

    /** The object's identity hash code, by which it is found, or 0 if it stores its slot. */
    final int identity;

    /** When it was made, by {@link System#nanoTime()}. */
    final long madeAt;

    /** The number of the first claim. */
    private final long before;

    /** Claims that were no acquisitions: those of the pool itself, and those of objects that were not valid. Written by the owner. */
    volatile long idleClaims;

    /** Where the object was acquired, if that claim was sampled. */
    volatile @Nullable Borrower borrower;

    /** Whether it was used; guarded by the monitor of the inventory. */
    boolean served;

    /** Whether its object was deallocated; for the owner. */
    boolean deallocated;

    /** Whether the operation that owned it for the pool failed; a sweep drops it. See {@link Inventory}. */
    volatile boolean orphaned;

    /** For the housekeeper only: whether it owns the slot of a leaked object and has yet to drop it. */
    boolean leaked;

    /** For the sweep only: the claim during which it took the object from {@code kept}. */
    long faded;

    /** For the sweep only: refers to the object while that is held softly, and perhaps longer. */
    private @Nullable SoftReference<T> soft;

    /** For the sweep only: the last claim that it saw, and when it first saw it. */
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
        this.faded = -1;
        this.counted = preallocated ? claim() : 0;
    }

    /** Returns the object, which the caller has claimed, or null if the collector took it for want of memory. */
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
     * <p>The object may be claimed and released at the same time: then it is held softly while it is in use, until a sweep
     * sees that, or is idle and held softly.
     */
    void soften() {
        T object = kept;
        if (object != null) {
            if (soft == null) {
                soft = new SoftReference<>(object);
            }
            fading = null;
            VarHandle.releaseFence(); // at no time is there neither reference
            kept = null;
        }
    }

    /** Returns whether the object, if it is there still, is held softly at most. */
    boolean isSoft() {
        return kept == null && soft != null;
    }

    /** Returns whether a softly held object is still there; this counts as a use, so only want of memory clears it. */
    boolean touch() {
        return soft != null && soft.get() != null;
    }

    /** Moves an object in use from {@code kept} to {@code fading}; for the sweep. */
    void fade(long claim) {
        T object = kept;
        fading = object != null ? object : get();
        faded = claim;
        letGo(true);
        kept = null;
        soft = null;
        letGo(true); // once more, because an earlier release may just have found the object still kept
    }

    /** Lets go of an object in use that was fading before; for the sweep. */
    void forgo() {
        letGo(true);
        fading = null;
        letGo(true); // as above
    }

    /** Keeps an object again if the sweep let go of it while its release was under way; for the releasing thread, which still has it. */
    void keepAgain(T object) {
        if (isLetGo()) {
            letGo(false); // first: what is let go of from here on is for the next release to see
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
        clear(); // first, for a thread that keeps it at this moment; or it would be reported as a leak once its object
        // is collected
        kept = null;
        fading = null;
        soft = null;
    }

    /** Returns whether this is the object here; keeps it strongly again if it was not. Called before its release. */
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

    /** Returns how often the object was acquired. */
    long uses() {
        return number(claim()) - before - idleClaims;
    }

    /** Counts a claim that is no acquisition; for its owner. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one owner at a time
    void countIdleClaim() {
        idleClaims = idleClaims + 1;
    }

    /** Makes sure that a search finds the object, which is idle. */
    void hintIdle() {
        if (!isHinted()) {
            segment.hint(this);
        }
    }

    /** Returns the slot that an object stores if it is one of this pool, or null. */
    @SuppressWarnings("unchecked") // slots of a pool hold objects of its type
    static <T> @Nullable Slot<T> of(Poolable object, StripedPool<T> pool) {
        return object.slot() instanceof Slot<?> slot && slot.pool == pool ? (Slot<T>) slot : null;
    }
}
