package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A revision whose tree nobody changes any more; JSON is made of what is asked for, once.
 *
 * @param revision its number
 * @param at when it was committed
 * @param fingerprint of the whole tree
 * @param root the tree: a scalar or a {@link HashedContainer}
 */
record TreeSnapshot(long revision, Instant at, Fingerprint fingerprint, Object root) implements StateSnapshot {

    static TreeSnapshot of(long revision, Instant at, Object root) {
        HashRegister measure = new HashRegister();
        measure.take(root);
        return new TreeSnapshot(revision, at, new Fingerprint(measure.high, measure.low), root);
    }

    /** Returns about how many bytes of memory the tree takes. */
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

    /** Returns which revision this is; the tree may be large. */
    @Override
    public String toString() {
        return "revision " + revision + " of " + at + ", " + fingerprint;
    }
}
