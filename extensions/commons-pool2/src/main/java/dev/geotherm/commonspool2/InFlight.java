package dev.geotherm.commonspool2;

import org.jspecify.annotations.Nullable;

/**
 * An object that is being added or destroyed. It counts towards the bound, but has no position in the platform's pool.
 *
 * <p>A borrower that finds only such objects lends its position, an entry without an object, to the first of them. Then the
 * platform's pool makes the borrower wait, within its limits.
 */
final class InFlight<T> {
    /** The entry that is being destroyed; null if an object is being added. */
    final @Nullable Entry<T> leaving;

    /** The entry that the platform's pool lent for the object; guarded by the monitor of the population. */
    @Nullable
    Entry<T> position;

    InFlight(@Nullable Entry<T> leaving) {
        this.leaving = leaving;
    }
}
