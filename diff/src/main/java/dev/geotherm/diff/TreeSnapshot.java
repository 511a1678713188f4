package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Fingerprint;
import dev.geotherm.api.diff.Pointer;
import dev.geotherm.api.diff.StateSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A revision whose tree nobody changes any more.
 *
 * @param revision its number
 * @param at when it was committed
 * @param fingerprint of the whole tree
 * @param toJson the tree
 */
record TreeSnapshot(long revision, Instant at, Fingerprint fingerprint, JsonNode toJson) implements StateSnapshot {

    @Override
    public @Nullable JsonNode get(Pointer path) {
        return path.in(toJson);
    }

    /** Returns which revision this is; the tree may be large. */
    @Override
    public String toString() {
        return "revision " + revision + " of " + at + ", " + fingerprint;
    }
}
