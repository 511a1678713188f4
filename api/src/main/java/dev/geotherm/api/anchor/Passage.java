package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passage: a part of a document, the unit of indexing and search.
 *
 * @param id the passage's id; a passage replaces an earlier one with the same id
 * @param document the id of its document
 * @param title the document's title; may be empty
 * @param text the passage's text
 * @param start its start offset in the document's text, in UTF-16 units
 * @param end its end offset, exclusive
 * @param timestamp the time of its content
 * @param anchor the anchor that the passage created or reinforced, if any
 * @param embedding its embedding, if any; must not be modified
 * @param source the source of its document, such as a path; empty if unknown
 * @param hash a hash of its content, by which an ingestion recognises it; empty if unknown
 * @param ingested the time of its ingestion
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
        float @Nullable [] embedding,
        String source,
        String hash,
        Instant ingested) {

    /** Checks ids, texts and offsets. */
    public Passage {
        requireNonNull(id, "id");
        requireNonNull(document, "document");
        requireNonNull(title, "title");
        requireNonNull(text, "text");
        requireNonNull(timestamp, "timestamp");
        requireNonNull(source, "source");
        requireNonNull(hash, "hash");
        requireNonNull(ingested, "ingested");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "passage " + id + ": offsets must satisfy 0 <= start <= end, were " + start + " and " + end);
        }
    }

    /** Creates a passage without a source and a hash; its ingestion time is the time of its content. */
    public Passage(
            String id,
            String document,
            String title,
            String text,
            int start,
            int end,
            Instant timestamp,
            @Nullable AnchorId anchor,
            float @Nullable [] embedding) {
        this(id, document, title, text, start, end, timestamp, anchor, embedding, "", "", timestamp);
    }

    /** Returns a copy with another source, hash and ingestion time. */
    public Passage ingestedFrom(String newSource, String newHash, Instant at) {
        return new Passage(id, document, title, text, start, end, timestamp, anchor, embedding, newSource, newHash, at);
    }
}
