package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

/**
 * A snapshot of one anchor: a concept with its embedding, heat and provenance.
 *
 * <p>The anchor in the store continues to change, and can be evicted; the snapshot stays as it is. The embedding must not
 * be modified. Two snapshots are equal only if they share the embedding's array, so compare ids.
 *
 * @param id the anchor's id, a function of the id of its leader
 * @param text the text of its leader, scrubbed of personal data if the settings say so
 * @param embedding the mean of its passages' embeddings, of length 1; or all zeros
 * @param heat its heat at the time of the snapshot, 0 to 1: raised by each passage, decaying with time
 * @param drift the distance of its embedding from its leader's: 1 - cosine, 0 to 2
 * @param provenance its passages, with times
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are large and passed by reference throughout
public record Anchor(AnchorId id, String text, float[] embedding, double heat, double drift, Provenance provenance) {

    /** Checks that nothing is null. */
    public Anchor {
        requireNonNull(id, "id");
        requireNonNull(text, "text");
        requireNonNull(embedding, "embedding");
        requireNonNull(provenance, "provenance");
    }
}
