package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

/**
 * A snapshot of one anchor: a concept with its embedding, heat and provenance.
 *
 * <p>The anchor in the store continues to change; the snapshot does not. The embedding must not be modified. Two
 * snapshots are equal only if they share the embedding's array, so compare ids.
 *
 * @param id the anchor's id
 * @param text the text of the fragment that created it, scrubbed of personal data if the settings say so
 * @param embedding its embedding; moved by each reinforcement; of length 1 or all zeros
 * @param heat its heat, 0 to 1: raised by reinforcement, lowered by decay
 * @param drift the distance of its embedding from the first one: 1 - cosine, 0 to 2
 * @param provenance the fragments that created and reinforced it, with times
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
