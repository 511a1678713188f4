package dev.geotherm.api.anchor;

import dev.geotherm.api.Component;
import java.util.List;
import java.util.Optional;

/**
 * An embedder, which turns texts into vectors. The cosine of two vectors measures the similarity of their texts.
 *
 * <p>Deterministic: equal texts have equal vectors in every batch, thread and process. Thread-safe. After
 * {@link #close}, embedding throws {@link IllegalStateException}.
 */
public interface Embedder extends Component {

    /** Returns the length of every vector. */
    int dimension();

    /**
     * Returns a fingerprint of everything that the vectors depend on: the model, its revision, the dimension, and the
     * settings that affect vectors, for example {@code minilm-l6-v2 384 sha256:53aa5117}. Vectors of embedders with
     * equal fingerprints are comparable. Settings that only affect speed or limits are not part of it.
     *
     * <p>Empty by default: callers then compare all settings of the embedder, and its plugin, instead.
     */
    default Optional<String> fingerprint() {
        return Optional.empty();
    }

    /**
     * Returns whether texts of similar meaning have similar vectors even if they have no words in common. If so, a
     * search by words and vectors finds more than a search by words alone; if not, it usually finds less.
     */
    default boolean isSemantic() {
        return true;
    }

    /**
     * Returns where the tokens of a text start, in UTF-16 units, in ascending order. Tokens are the units in which a
     * model limits the length of a text, not counting those that it adds at the beginning and the end. Several tokens
     * of one character have the same start.
     *
     * <p>By default, tokens are estimated: a word has one token for every four letters or digits, rounded up; each
     * ideograph, kana, Hangul syllable and other visible character is one token. A combining mark belongs to its
     * letter.
     */
    default int[] tokenStarts(String text) {
        return TokenEstimate.starts(text);
    }

    /**
     * Embeds texts.
     *
     * <p>Each vector has length 1, or is all zeros if its text has no content to embed; a text may be empty.
     *
     * @param texts any number of texts, including none
     * @param into receives the vectors: at least one row of {@link #dimension()} numbers per text, which is
     *     overwritten; extra rows are left unchanged
     * @throws IllegalArgumentException if a row is missing or has another length; nothing is written then
     */
    void embed(List<String> texts, float[][] into);

    /** Embeds one text into a new array. */
    default float[] embed(String text) {
        float[][] into = new float[1][dimension()];
        embed(List.of(text), into);
        return into[0];
    }

    @Override
    EmbedderMetrics metrics();
}
