package dev.geotherm.pool;

/**
 * The stripes of a pool, chosen by the id of the thread: four for each processor, at least 16.
 *
 * <p>The id rather than a thread local: virtual threads come and go, and what a thread local holds for them is never asked
 * for again.
 */
final class Stripes<T> {
    private static final int FEWEST = 16;
    private static final int MOST = 1024;

    private final Stripe<T>[] stripes;
    private final int mask;

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic types
    Stripes() {
        int wanted = Math.min(MOST, Math.max(FEWEST, 4 * Runtime.getRuntime().availableProcessors()));
        int count = Integer.highestOneBit(2 * wanted - 1);
        stripes = new Stripe[count];
        for (int i = 0; i < count; i++) {
            stripes[i] = new Stripe<>();
        }
        mask = count - 1;
    }

    /** Returns the stripe of the calling thread. */
    Stripe<T> mine() {
        return stripes[(int) Thread.currentThread().getId() & mask];
    }

    /** Makes an object idle, whose claim ends, and has the stripe of the calling thread remember it. */
    void makeIdle(Slot<T> slot, long claim) {
        mine().last(slot);
        slot.giveBack(claim);
        if (!slot.hinted) {
            slot.shelf.hint(slot);
        }
    }
}
