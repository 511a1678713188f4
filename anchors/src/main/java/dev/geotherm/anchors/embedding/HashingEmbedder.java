package dev.geotherm.anchors.embedding;

import dev.geotherm.anchors.metrics.OperationTimer;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * An embedder that uses feature hashing instead of a model. Each word stem and each of its character n-grams adds its weight
 * to one coordinate. Its hash selects the coordinate and the sign, so collisions cancel out on average.
 *
 * <p>Source: Weinberger et al., Feature Hashing for Large Scale Multitask Learning, ICML 2009. The hash is MurmurHash3 of
 * the feature's UTF-8 form, so vectors are the same in every process.
 */
final class HashingEmbedder implements Embedder {
    /** The version, to be changed whenever vectors change. */
    private static final int VERSION = 2;

    private final int dimension;
    private final FeatureExtractor features = new FeatureExtractor();
    private final LongAdder texts = new LongAdder();
    private final LongAdder characters = new LongAdder();
    private final OperationTimer timer = new OperationTimer();
    private volatile boolean closed;

    HashingEmbedder(HashingEmbedderSettings settings) {
        dimension = settings.dimension();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Optional<String> fingerprint() {
        return Optional.of("hashing " + VERSION + ", " + dimension + " numbers");
    }

    /** Returns false, because only shared words and parts of words make vectors similar. */
    @Override
    public boolean isSemantic() {
        return false;
    }

    @Override
    public void embed(List<String> input, float[][] into) {
        if (closed) {
            throw new IllegalStateException("the embedder is closed");
        }
        check(input.size(), into);
        long start = System.nanoTime();
        long length = 0;
        for (int i = 0; i < input.size(); i++) {
            String text = input.get(i);
            embed(text, into[i]);
            length += text.length();
        }
        texts.add(input.size());
        characters.add(length);
        timer.record(start, input.size());
    }

    private void check(int count, float[][] into) {
        if (into.length < count) {
            throw new IllegalArgumentException(count + " texts need " + count + " rows, there are " + into.length);
        }
        for (int i = 0; i < count; i++) {
            if (into[i].length != dimension) {
                throw new IllegalArgumentException("row " + i + " must have " + dimension
                        + " numbers, the embedder's dimension; its length is " + into[i].length);
            }
        }
    }

    private void embed(String text, float[] vector) {
        Arrays.fill(vector, 0);
        FeatureCounts found = features.of(text);
        for (int i = 0; i < found.size(); i++) {
            add(found.hash(i), found.weight(i), vector);
        }
        VectorMath.normalize(vector);
    }

    private static void add(int hash, double weight, float[] vector) {
        int index = Integer.remainderUnsigned(hash >>> 1, vector.length);
        vector[index] += (float) ((hash & 1) == 0 ? weight : -weight);
    }

    @Override
    public EmbedderMetrics metrics() {
        return new EmbedderMetrics(texts.sum(), characters.sum(), timer.distribution());
    }

    @Override
    public void close() {
        closed = true;
        features.close();
    }
}
