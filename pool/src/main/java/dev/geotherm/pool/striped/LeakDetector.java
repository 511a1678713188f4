package dev.geotherm.pool.striped;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leak detector of a pool: it frees the slots of objects that the collector took, and reports those that leaked. */
final class LeakDetector<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);

    private final String pool;
    private final SlotFactory<T> slotFactory;

    /** Leaks so far; for the housekeeper only. */
    private long leaks;

    LeakDetector(String pool, SlotFactory<T> slotFactory) {
        this.pool = pool;
        this.slotFactory = slotFactory;
    }

    /** Drops a slot without an object, unless a claim will notice that; can be called again after a failure. */
    void collected(Slot<T> slot) {
        long claim = slot.claim();
        if (slot.isHeld(claim) && slot.faded != claim) {
            return; // it was idle when it was cleared, and the claim notices that; if not, a sweep calls this again
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

    /** Reports a leak; those without a stack trace less and less often, so that a borrower that always leaks does not fill the log. */
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
