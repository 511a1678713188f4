package dev.geotherm.pool.striped;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leak detector of a pool: frees the slots of collected objects, and reports leaks. */
final class LeakDetector<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);

    private final String pool;
    private final SlotFactory<T> slotFactory;

    /** The number of leaks so far; for the housekeeper only. */
    private long leaks;

    LeakDetector(String pool, SlotFactory<T> slotFactory) {
        this.pool = pool;
        this.slotFactory = slotFactory;
    }

    /** Drops a slot that has lost its object, unless a claim will do so; can be called again after a failure. */
    void collected(Slot<T> slot) {
        slot.segment.longHeld(slot.index, false); // first: if this fails, the next sweep sees the slot
        long claim = slot.claim();
        if (slot.isHeld(claim) && slot.weakenedClaim != claim) {
            return; // it was idle when it was cleared, which the claim detects; otherwise a sweep calls this again
        }
        Borrower borrower = slot.borrower;
        if (slot.leaked || slot.own(claim)) {
            slot.leaked = true;
            dropLeaked(slot);
            slot.leaked = false;
            report(borrower != null && borrower.isOf(claim) ? borrower : null);
        } else {
            slotFactory.dropIfIdle(slot);
        }
    }

    private void dropLeaked(Slot<T> slot) {
        try {
            slotFactory.drop(slot);
        } catch (Throwable failed) {
            slot.orphaned = true;
            throw failed;
        }
    }

    /**
     * Reports a leak; leaks without a stack trace are reported with decreasing frequency, so that a borrower that
     * always leaks does not flood the log.
     */
    private void report(@Nullable Borrower borrower) {
        leaks++;
        if (borrower != null || Long.bitCount(leaks) == 1) {
            LOG.warn(
                    "pool {}: an object leaked: its borrower dropped it without release or discard; its capacity is free again{}{}",
                    pool,
                    leaks == 1 ? "" : "; " + leaks + " leaked so far",
                    borrower != null ? "" : " (to see where it was acquired, raise leakSampling)",
                    borrower);
        }
    }
}
