package dev.geotherm.pool.striped;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leak detector of a pool: it frees the slots of objects that the collector took, and reports those that leaked. */
final class LeakDetector<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);

    private final String pool;
    private final SlotFactory<T> slotFactory;

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
            slotFactory.dropLeaked(slot);
            slot.leaked = false;
            report(borrower != null && borrower.isOf(claim) ? borrower : null);
        } else if (slot.tryOwn()) {
            slot.countIdleClaim();
            slotFactory.drop(slot);
        }
    }

    private void report(@Nullable Borrower borrower) {
        LOG.warn(
                "pool {}: an object leaked: its borrower dropped it without release or discard; its capacity is free again{}",
                pool,
                borrower != null ? "" : " (to see where it was acquired, raise leakSampling)",
                borrower);
    }
}
