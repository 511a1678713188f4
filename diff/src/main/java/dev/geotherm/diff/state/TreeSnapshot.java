package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of one revision as an immutable tree; the JSON of each requested part is created once.
 *
 * @param revision the revision
 * @param at the time of its commit
 * @param fingerprint the fingerprint of the whole tree
 * @param root the tree: a scalar or a {@link HashedContainer}
 */
record TreeSnapshot(long revision, Instant at, Fingerprint fingerprint, Object root) implements StateSnapshot {

    static TreeSnapshot of(long revision, Instant at, Object root) {
        HashRegister measure = new HashRegister();
        measure.take(root);
        return new TreeSnapshot(revision, at, new Fingerprint(measure.high, measure.low), root);
    }

    /** Returns the approximate memory of the tree in bytes. */
    long weight() {
        HashRegister measure = new HashRegister();
        measure.take(root);
        return measure.weight;
    }

    @Override
    public @Nullable JsonNode get(Pointer path) {
        Object found = HashedContainer.find(root, path);
        return found == null ? null : HashedContainer.json(found);
    }

    @Override
    public JsonNode toJson() {
        return HashedContainer.json(root);
    }

    /** Returns only the revision, because the tree can be large. */
    @Override
    public String toString() {
        return "revision " + revision + " of " + at + ", " + fingerprint;
    }
}
