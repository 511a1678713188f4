package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of one revision of a tracked state. Thread-safe.
 *
 * <p>An implementation may keep the state in its own form and convert it to JSON on request.
 */
public non-sealed interface StateSnapshot extends StateUpdate {

    /** Returns the time of the commit. */
    Instant at();

    /** Returns the value at a path, or null if the path has no value; it must not be modified. */
    @Nullable
    JsonNode get(Pointer path);

    /** Returns the whole state; it must not be modified. */
    JsonNode toJson();

    /** Returns a snapshot with the given values; the state must not be modified afterwards. */
    static StateSnapshot of(long revision, Instant at, Fingerprint fingerprint, JsonNode state) {
        return new PlainSnapshot(revision, at, fingerprint, state);
    }
}
