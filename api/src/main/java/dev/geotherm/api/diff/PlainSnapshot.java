package dev.geotherm.api.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A snapshot that holds its state as plain JSON. */
record PlainSnapshot(long revision, Instant at, Fingerprint fingerprint, JsonNode toJson) implements StateSnapshot {
    PlainSnapshot {
        if (revision < 0) {
            throw new IllegalArgumentException("a revision must be at least 0, was " + revision);
        }
        requireNonNull(at, "at");
        requireNonNull(fingerprint, "fingerprint");
        requireNonNull(toJson, "state");
    }

    @Override
    public @Nullable JsonNode get(Pointer path) {
        return path.in(toJson);
    }
}
