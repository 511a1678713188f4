package dev.geotherm.profiles.runtime;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderMetrics;
import java.util.List;
import java.util.Optional;

/** The handle of the embedder. */
final class EmbedderHandle implements Embedder {
    private final String description;
    private volatile Embedder target;

    EmbedderHandle(String description, Embedder target) {
        this.description = description;
        this.target = target;
    }

    @Override
    public int dimension() {
        return target.dimension();
    }

    @Override
    public Optional<String> fingerprint() {
        return target.fingerprint();
    }

    @Override
    public boolean isSemantic() {
        return target.isSemantic();
    }

    @Override
    public int[] tokenStarts(String text) {
        return target.tokenStarts(text);
    }

    @Override
    public void embed(List<String> texts, float[][] into) {
        target.embed(texts, into);
    }

    @Override
    public float[] embed(String text) {
        return target.embed(text);
    }

    @Override
    public EmbedderMetrics metrics() {
        return target.metrics();
    }

    /** Throws, because the platform closes its components. */
    @Override
    public void close() {
        throw Handles.closeRefused("embedding");
    }

    @Override
    public String toString() {
        return description;
    }
}
