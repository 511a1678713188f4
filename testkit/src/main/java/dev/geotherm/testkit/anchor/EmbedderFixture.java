package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.Embedder;
import java.util.List;

/** The fixture of {@link EmbedderContract}: the embedder under test. */
@SuppressWarnings("NullAway.Init") // set before each test
final class EmbedderFixture {
    private final EmbedderContract contract;
    Embedder embedder;

    EmbedderFixture(EmbedderContract contract) {
        this.contract = contract;
    }

    void open() {
        embedder = openAnother();
    }

    void close() {
        embedder.close();
    }

    /** Opens another embedder; the caller closes it. */
    Embedder openAnother() {
        return contract.open();
    }

    List<String> texts() {
        return contract.texts();
    }

    float[][] rows(int count) {
        return new float[count][embedder.dimension()];
    }

    float[][] embedAll(Embedder by, List<String> texts) {
        float[][] into = rows(texts.size());
        by.embed(texts, into);
        return into;
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
