package dev.geotherm.pool.striped;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The two words that say who owns an object, and what else claims and returns touch; see {@link Slot}.
 *
 * <p>{@code claims} holds the number of the last claim, times four, and its kind. The first number is any, so that what is
 * done at each n-th claim is not done for all objects at once. {@code returns} holds the value of
 * {@code claims} that was given back last. The object is idle if and only if both are equal. A claim is a compare-and-set
 * of the one, a return is a store to the other. So two returns of one claim at the same moment store the same value; and a
 * return that comes late, when the object went to somebody else, stores a value that is not that of the claim in force:
 * it can never make an object idle that is held.
 */
abstract class SlotState<T> extends SlotPadding<T> {
    /** Kinds of claim, the low two bits: by acquire, by a lease, by the pool itself. */
    static final long HELD = 0;

    static final long LEASED = 1;
    static final long OWNED = 3;

    private static final long KIND = 3;

    private static final VarHandle CLAIMS;
    private static final VarHandle RETURNS;
    private static final VarHandle CARE;

    /** Bits of {@code care}: the object may be beyond the bound. */
    private static final int SURPLUS = 1;

    /** The shelf has no hint that the object may be idle. */
    private static final int UNHINTED = 2;

    /** A sweep let go of the object, which the slot perhaps does not hold any more. */
    private static final int LET_GO = 4;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CLAIMS = lookup.findVarHandle(SlotState.class, "claims", long.class);
            RETURNS = lookup.findVarHandle(SlotState.class, "returns", long.class);
            CARE = lookup.findVarHandle(SlotState.class, "care", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("UnusedVariable") // read and written by the handles alone
    private long claims;

    @SuppressWarnings("UnusedVariable")
    private long returns;

    /** The object, strongly, unless it has been out for so long that it may be lost; see {@link Sweeper}. */
    @Nullable
    T kept;

    /** The object for a while after it was taken from {@code kept}. */
    @Nullable
    T fading;

    /** What a return has to do beside making the object idle, a bit each. */
    private volatile int care;

    /** What each claim or return reads stands beside the words, in the same cache lines. */
    final StripedPool<T> pool;

    final SlotSegment<T> shelf;
    final int index;

    /** Makes the slot of an object that is idle. */
    SlotState(T object, StripedPool<T> pool, Reservation<T> place) {
        super(object, pool.lost());
        this.pool = pool;
        this.shelf = place.shelf();
        this.index = place.index();
        this.care = UNHINTED;
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

    /** Turns a claim that is in force into one of the pool's own, unless that happened or it ended; also for a race of many. */
    final boolean own(long claim) {
        return isHeld(claim) && CLAIMS.compareAndSet(this, claim, claim | OWNED);
    }

    /** Ends a claim of the pool's own and begins another, without being idle in between. */
    final void ownAnew() {
        CLAIMS.setVolatile(this, next(claim(), OWNED));
    }

    /** Turns a claim of the pool's own into a holder's, who has the object in hand already. */
    final void handOut(long kind) {
        CLAIMS.setVolatile(this, (claim() & ~KIND) | kind);
    }

    /** Makes the object idle. */
    final void giveBack(long claim) {
        RETURNS.setRelease(this, claim);
    }

    /** Returns whether this is the claim in force, and a holder's. */
    final boolean isHeld(long claim) {
        return (claim & KIND) != OWNED && claim == (long) CLAIMS.getOpaque(this) && !isReturned(claim);
    }

    final boolean isReturned(long claim) {
        return claim == (long) RETURNS.getAcquire(this);
    }

    final boolean isIdle() {
        return isReturned(claim());
    }

    /** Returns whether a holder has the object. */
    final boolean isInUse() {
        return isHeld(claim());
    }

    /** Returns whether a return has more to do than to make the object idle. */
    final boolean needsCare() {
        return care != 0;
    }

    /** Returns whether the object may be beyond the bound, which is looked at when it comes back. */
    final boolean isSurplus() {
        return (care & SURPLUS) != 0;
    }

    final void surplus(boolean surplus) {
        care(SURPLUS, surplus);
    }

    /** Returns whether the shelf has a hint that the object may be idle. */
    final boolean isHinted() {
        return (care & UNHINTED) == 0;
    }

    final void hinted(boolean hinted) {
        care(UNHINTED, !hinted);
    }

    /** Returns whether a sweep let go of the object, which then has to be kept again. */
    final boolean isLetGo() {
        return (care & LET_GO) != 0;
    }

    final void letGo(boolean letGo) {
        care(LET_GO, letGo);
    }

    private void care(int bit, boolean set) {
        if (set) {
            CARE.getAndBitwiseOr(this, bit);
        } else {
            CARE.getAndBitwiseAnd(this, ~bit);
        }
    }

    /** Returns whether this claim, the last, is in force and by acquire. */
    final boolean isAcquired(long claim) {
        return (claim & KIND) == HELD && !isReturned(claim);
    }

    /** Returns whether a claim is by a lease. */
    static boolean isLeased(long claim) {
        return (claim & KIND) == LEASED;
    }

    /** Returns how many claims there were up to this one. */
    static long number(long claim) {
        return (claim >>> 2);
    }

    /** Returns the bits of a claim in which the bits of its number stand. */
    static long claimBits(long number) {
        return number << 2;
    }

    private static long next(long claim, long kind) {
        return (claim | KIND) + 1 + kind;
    }
}
