package dev.geotherm.api.anchor;

import dev.geotherm.api.Component;
import java.util.List;

/**
 * Turns texts into vectors whose cosine tells how alike the texts are.
 *
 * <p>Deterministic: equal texts have equal vectors, in every batch, thread and process.
 */
public interface Embedder extends Component {

    /** Returns the length of every vector. */
    int dimension();

    /**
     * Embeds texts.
     *
     * <p>Each vector has length 1, or is all zeros where the text has nothing to embed (it may be empty).
     *
     * @param texts any number, none included
     * @param into takes the vectors: at least as many rows as texts, each of {@link #dimension()} numbers, overwritten;
     *     further rows are left alone
     * @throws IllegalArgumentException if a row is missing or of another length; nothing is written then
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
