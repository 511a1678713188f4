package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An immutable revision of a tracked state. Safe for use by many threads.
 *
 * <p>An implementation may keep the state in a form of its own and convert it to JSON on request.
 */
public non-sealed interface StateSnapshot extends StateUpdate {

    /** Returns the time of the commit. */
    Instant at();

    /** Returns the value at a path, or null if there is no value; it must not be changed. */
    @Nullable
    JsonNode get(Pointer path);

    /** Returns the whole state; it must not be changed. */
    JsonNode toJson();

    /** Returns a snapshot of received parts; the state must not be changed any more. */
    static StateSnapshot of(long revision, Instant at, Fingerprint fingerprint, JsonNode state) {
        return new PlainSnapshot(revision, at, fingerprint, state);
    }
}
