package dev.geotherm.pool.striped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The state of a slot: the two words that determine the owner of the object, and the other fields that acquisitions and
 * releases access; see {@link Slot}.
 *
 * <p>{@code claims} contains the number of the last claim, times four, and its kind. The first number is arbitrary, so
 * that actions at every n-th claim do not coincide for all objects. {@code returns} contains the value of
 * {@code claims} that was released last. The object is idle if and only if both are equal. A claim is a compare-and-set
 * of {@code claims}; a release is a store to {@code returns}. Two simultaneous releases of one claim therefore store
 * the same value. A late release, when the object already has another borrower, stores a value that differs from the
 * current claim, so it can never make an object in use idle.
 */
abstract class SlotState<T> extends SlotPadding<T> {
    /** Kinds of claim, the low two bits: by acquire, by a lease, by the pool itself. */
    static final long HELD = 0;

    static final long LEASED = 1;
    static final long OWNED = 3;

    private static final long KIND = 3;

    private static final VarHandle CLAIMS;
    private static final VarHandle RETURNS;
    private static final VarHandle PENDING_WORK;

    /** A bit of {@code pendingWork}: the object may be beyond the bound. */
    private static final int SURPLUS = 1;

    /** A bit of {@code pendingWork}: the segment has no hint that the object may be idle. */
    private static final int UNHINTED = 2;

    /** A bit of {@code pendingWork}: a sweep dropped the reference; the slot may no longer refer to the object. */
    private static final int WEAKENED = 4;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIMS = lookup.findVarHandle(SlotState.class, "claims", long.class);
            RETURNS = lookup.findVarHandle(SlotState.class, "returns", long.class);
            PENDING_WORK = lookup.findVarHandle(SlotState.class, "pendingWork", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("UnusedVariable") // accessed only through the handles
    private long claims;

    @SuppressWarnings("UnusedVariable")
    private long returns;

    /**
     * A strong reference to the object, unless it has been in use so long that it may have leaked; see {@link Sweeper}.
     */
    @Nullable
    T kept;

    /** A temporary strong reference to the object after its removal from {@code kept}. */
    @Nullable
    T weakening;

    /** A bit mask of the work of a release, besides making the object idle. */
    private volatile int pendingWork;

    /** Next to the words, in the same cache lines, because every claim and release reads it. */
    final StripedPool<T> pool;

    final SlotSegment<T> segment;
    final int index;

    /** Creates the slot of an idle object. */
    SlotState(T object, StripedPool<T> pool, Reservation<T> reservation) {
        super(object, pool.cleared());
        this.pool = pool;
        this.segment = reservation.segment;
        this.index = reservation.index;
        this.pendingWork = UNHINTED;
        this.kept = object;
        this.claims = claimBits(System.identityHashCode(this)) | OWNED;
        this.returns = claims;
    }

    /** Returns the number and kind of the last claim. */
    final long claim() {
        return (long) CLAIMS.getOpaque(this);
    }

    /** Claims the object if it is idle. */
    final boolean tryClaim(long kind) {
        long last = (long) CLAIMS.getOpaque(this);
        return last == (long) RETURNS.getAcquire(this) && CLAIMS.compareAndSet(this, last, next(last, kind));
    }

    /** Claims the object for the pool itself if it is idle. */
    final boolean tryOwn() {
        return tryClaim(OWNED);
    }

    /**
     * Turns the current claim into one of the pool, unless it has ended or another thread did so; one of several racing
     * threads succeeds.
     */
    final boolean own(long claim) {
        return isHeld(claim) && CLAIMS.compareAndSet(this, claim, claim | OWNED);
    }

    /** Ends a claim of the pool and begins another, without making the object idle in between. */
    final void reown() {
        CLAIMS.setVolatile(this, next(claim(), OWNED));
    }

    /** Turns a claim of the pool into one of a borrower; the caller already has a reference to the object. */
    final void lend(long kind) {
        CLAIMS.setVolatile(this, claim(kind));
    }

    /** Returns the number of the last claim with another kind. */
    final long claim(long kind) {
        return (claim() & ~KIND) | kind;
    }

    /** Makes the object idle. */
    final void release(long claim) {
        RETURNS.setRelease(this, claim);
    }

    /** Returns whether this is the current claim and belongs to a borrower. */
    final boolean isHeld(long claim) {
        return (claim & KIND) != OWNED && claim == (long) CLAIMS.getOpaque(this) && !isReturned(claim);
    }

    final boolean isReturned(long claim) {
        return claim == (long) RETURNS.getAcquire(this);
    }

    final boolean isIdle() {
        return isReturned(claim());
    }

    /** Returns whether a borrower has the object. */
    final boolean isInUse() {
        return isHeld(claim());
    }

    /** Returns whether a release has more to do than making the object idle. */
    final boolean hasPendingWork() {
        return pendingWork != 0;
    }

    /** Returns whether the object may be beyond the bound, which is checked on release. */
    final boolean isSurplus() {
        return (pendingWork & SURPLUS) != 0;
    }

    final void surplus(boolean surplus) {
        setPending(SURPLUS, surplus);
    }

    /** Returns whether the segment has a hint that the object may be idle. */
    final boolean isHinted() {
        return (pendingWork & UNHINTED) == 0;
    }

    final void hinted(boolean hinted) {
        setPending(UNHINTED, !hinted);
    }

    /** Returns whether a sweep dropped the reference to the object, which must then be kept again. */
    final boolean isWeakened() {
        return (pendingWork & WEAKENED) != 0;
    }

    final void markWeakened(boolean weakened) {
        setPending(WEAKENED, weakened);
    }

    private void setPending(int bit, boolean set) {
        if (set) {
            PENDING_WORK.getAndBitwiseOr(this, bit);
        } else {
            PENDING_WORK.getAndBitwiseAnd(this, ~bit);
        }
    }

    /** Returns whether this claim, which must be the last one, is current and by {@code acquire}. */
    final boolean isAcquired(long claim) {
        return (claim & KIND) == HELD && !isReturned(claim);
    }

    /** Returns whether a claim is by a lease. */
    static boolean isLeased(long claim) {
        return (claim & KIND) == LEASED;
    }

    /** Returns the number of a claim. */
    static long number(long claim) {
        return (claim >>> 2);
    }

    /** Returns a claim's number shifted to its position in a claim. */
    static long claimBits(long number) {
        return number << 2;
    }

    private static long next(long claim, long kind) {
        return (claim | KIND) + 1 + kind;
    }
}
