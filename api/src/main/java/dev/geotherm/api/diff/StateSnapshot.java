package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Pointer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a tracked state, which never changes; safe for use by many threads.
 *
 * <p>An implementation may keep the state in a form of its own and make JSON of it when asked.
 */
public non-sealed interface StateSnapshot extends StateUpdate {

    /** Returns when the revision was committed. */
    Instant at();

    /** Returns the value at a path, or null if there is none; it must not be changed. */
    @Nullable
    JsonNode get(Pointer path);

    /** Returns the whole state; it must not be changed. */
    JsonNode toJson();

    /** Returns a snapshot of its parts, as a receiver reads them from the wire; the state must not be changed any more. */
    static StateSnapshot of(long revision, Instant at, Fingerprint fingerprint, JsonNode state) {
        return new PlainSnapshot(revision, at, fingerprint, state);
    }
}
