package dev.geotherm.api.diff;

import static java.util.Objects.requireNonNull;

import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.StateDelta;
import java.time.Instant;

/**
 * The delta from one revision of a tracked state to a later one.
 *
 * @param base the revision that the delta applies to
 * @param revision the revision that the delta leads to; equal to {@code base} if and only if the delta is empty
 * @param at the commit time of the later revision
 * @param fingerprint the fingerprint of the state at the later revision
 * @param delta the changes
 */
public record RevisionDelta(long base, long revision, Instant at, Fingerprint fingerprint, StateDelta delta)
        implements StateUpdate {

    /** Checks the revisions. */
    public RevisionDelta {
        requireNonNull(at, "at");
        requireNonNull(fingerprint, "fingerprint");
        requireNonNull(delta, "delta");
        if (base < 0 || revision < base || (revision == base) != delta.isEmpty()) {
            throw new IllegalArgumentException("a delta of " + delta.changes().size()
                    + " changes cannot lead from revision " + base + " to " + revision);
        }
    }
}
