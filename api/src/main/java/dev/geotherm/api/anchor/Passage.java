package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a document that can be found.
 *
 * @param id names the passage
 * @param document the id of the document that it is from
 * @param title the document's title; may be empty
 * @param text what it says
 * @param start where it begins in the document's text, in characters (UTF-16 units)
 * @param end where it ends there, exclusive
 * @param timestamp when its content came to be
 * @param anchor the anchor that it made or reinforced, if any
 * @param embedding its vector, if any; not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are large and passed by reference throughout
public record Passage(
        String id,
        String document,
        String title,
        String text,
        int start,
        int end,
        Instant timestamp,
        @Nullable AnchorId anchor,
        float @Nullable [] embedding) {

    /** Checks ids, texts and offsets. */
    public Passage {
        requireNonNull(id, "id");
        requireNonNull(document, "document");
        requireNonNull(title, "title");
        requireNonNull(text, "text");
        requireNonNull(timestamp, "timestamp");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("passage " + id + " cannot reach from " + start + " to " + end);
        }
    }
}
