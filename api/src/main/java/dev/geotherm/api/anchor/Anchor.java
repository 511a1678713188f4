package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

/**
 * A snapshot of one anchor: a concept with its embedding, heat and provenance.
 *
 * <p>The store may change or evict the anchor; the snapshot does not change. The embedding must not be modified. Two
 * snapshots are equal only if they share the embedding's array, so compare ids instead.
 *
 * @param id the anchor's id, derived from the id of its leader
 * @param text the text of its leader, scrubbed of personal data if the settings say so
 * @param embedding the mean of its passages' embeddings, normalised to length 1; or all zeros
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
