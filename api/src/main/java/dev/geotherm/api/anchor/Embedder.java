package dev.geotherm.api.anchor;

import dev.geotherm.api.Component;
import java.util.List;
import java.util.Optional;

/**
 * An embedder: turns texts into vectors; the cosine of two vectors measures the similarity of their texts.
 *
 * <p>Deterministic: equal texts have equal vectors in every batch, thread and process. Safe for use by many threads. After
 * {@link #close}, embedding throws {@link IllegalStateException}.
 */
public interface Embedder extends Component {

    /** Returns the length of every vector. */
    int dimension();

    /**
     * Returns what the vectors depend on: the model, its revision, the dimension, and the settings that change vectors, such as
     * {@code minilm-l6-v2 384 sha256:53aa5117}. Vectors of embedders with equal fingerprints can be compared. Settings that
     * only change speed or limits are no part of it.
     *
     * <p>Empty, as here, if the embedder does not know: then all its settings and its plugin count.
     */
    default Optional<String> fingerprint() {
        return Optional.empty();
    }

    /**
     * Returns whether vectors are near each other for texts of similar meaning, even without common words. A search by words
     * and vectors then finds more than one by words alone; otherwise it usually finds less.
     */
    default boolean isSemantic() {
        return true;
    }

    /**
     * Returns where the tokens of a text start, in UTF-16 units, in ascending order. Tokens are the units in which a model
     * limits the length of a text, without those that it adds at the beginning and the end. Several tokens of one character
     * have the same start.
     *
     * <p>If the embedder does not know its tokens, as here, they are estimated: a word has one for every four letters or
     * digits, rounded up; each ideograph, kana and Hangul syllable and every other visible character is a token. A mark
     * belongs to its letter.
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
