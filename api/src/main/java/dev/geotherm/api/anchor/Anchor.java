package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

/**
 * A concept as a store knows it at one moment.
 *
 * <p>A copy: the store's own anchor goes on changing. Nobody may change the embedding. Equality is by identity of the
 * embedding's array, so compare ids.
 *
 * @param id its name
 * @param text the text that it was created from, scrubbed of personal data where the settings say so
 * @param embedding where it stands; moved a little by each reinforcement; length 1 or all zeros
 * @param heat how present it is, 0 to 1: raised by reinforcement, lowered by decay
 * @param drift how far its embedding is from where it began: 1 - cosine, 0 to 2
 * @param provenance where it comes from
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
