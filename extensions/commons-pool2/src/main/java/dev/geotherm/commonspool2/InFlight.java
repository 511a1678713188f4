package dev.geotherm.commonspool2;

import org.jspecify.annotations.Nullable;

/**
 * An object that counts, but has no position in the platform's pool, because it is being added or destroyed.
 *
 * <p>A borrower that finds only such objects lends the first one its position: an entry without an object. So it is the
 * platform's pool that lets the borrower wait, with its limits.
 */
final class InFlight<T> {
    /** What is being destroyed; null if an object is being added. */
    final @Nullable Entry<T> leaving;

    /** The entry that the platform's pool lent for it; guarded by the monitor of the population. */
    @Nullable
    Entry<T> position;

    InFlight(@Nullable Entry<T> leaving) {
        this.leaving = leaving;
    }
}
