package dev.geotherm.pool.striped;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of slots whose objects the collector took: their places are free again, and a loss by a holder is told. */
final class LeakDetector<T> {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);

    private final String pool;
    private final SlotFactory<T> supply;

    LeakDetector(String pool, SlotFactory<T> supply) {
        this.pool = pool;
        this.supply = supply;
    }

    /** Drops a slot whose object is gone, unless a claim finds that out; after a failure it can be called again. */
    void collected(Slot<T> slot) {
        long claim = slot.claim();
        if (slot.isHeld(claim) && slot.faded != claim) {
            return; // it went while it was idle, and the claim finds that out; if not, a sweep calls this again
        }
        Borrower borrower = slot.borrower;
        if (slot.abandoned || slot.own(claim)) {
            slot.abandoned = true;
            supply.dropAbandoned(slot);
            slot.abandoned = false;
            tell(borrower != null && borrower.isOf(claim) ? borrower : null);
        } else if (slot.tryOwn()) {
            slot.countIdleClaim();
            supply.drop(slot);
        }
    }

    private void tell(@Nullable Borrower borrower) {
        LOG.warn(
                "pool {}: an object was lost by its holder, who must release or discard it; its place is free{}",
                pool,
                borrower != null ? "" : " (to see where it was acquired, raise leakSampling)",
                borrower);
    }
}
