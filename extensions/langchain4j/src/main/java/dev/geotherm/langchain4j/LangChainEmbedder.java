package dev.geotherm.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderMetrics;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * An {@link Embedder} that delegates to a LangChain4j embedding model.
 *
 * <p>Vectors are normalised to length 1. Blank texts are not sent; their vectors are all zeros. Equal texts have equal
 * vectors if the model computes them independently of the batch. Exceptions of the model reach the caller.
 *
 * <p>Thread-safe if the model is. {@link #close} does not close the model.
 */
public final class LangChainEmbedder implements Embedder {
    private static final int SIGNIFICANT_DIGITS = 2;

    private final EmbeddingModel model;
    private final int dimension;
    private final int batchTexts;
    private final LongAdder texts = new LongAdder();
    private final LongAdder characters = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final Histogram nanos = new SynchronizedHistogram(SIGNIFICANT_DIGITS);
    private volatile boolean closed;

    /**
     * Creates an embedder. If the model does not know the length of its vectors, the constructor embeds a short text to find
     * out.
     *
     * @param batchTexts the maximum number of texts per call of the model, at least 1
     */
    public LangChainEmbedder(EmbeddingModel model, int batchTexts) {
        this.model = requireNonNull(model, "model");
        if (batchTexts < 1) {
            throw new IllegalArgumentException("the batch must have at least 1 text, was " + batchTexts);
        }
        this.batchTexts = batchTexts;
        this.dimension = model.dimension();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void embed(List<String> input, float[][] into) {
        if (closed) {
            throw new IllegalStateException("the embedder is closed");
        }
        check(input.size(), into);
        long start = System.nanoTime();
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < input.size(); row++) {
            if (input.get(row).isBlank()) {
                Arrays.fill(into[row], 0);
            } else {
                rows.add(row);
            }
        }
        for (int from = 0; from < rows.size(); from += batchTexts) {
            embed(input, rows.subList(from, Math.min(rows.size(), from + batchTexts)), into);
        }
        texts.add(input.size());
        characters.add(input.stream().mapToLong(String::length).sum());
        if (!input.isEmpty()) {
            nanos.recordValueWithCount(Math.max(0, System.nanoTime() - start) / input.size(), input.size());
        }
    }

    private void check(int count, float[][] into) {
        if (into.length < count) {
            throw new IllegalArgumentException(count + " texts need " + count + " rows, there are " + into.length);
        }
        for (int row = 0; row < count; row++) {
            if (into[row].length != dimension) {
                throw new IllegalArgumentException("row " + row + " must have " + dimension
                        + " numbers, the embedder's dimension; its length is " + into[row].length);
            }
        }
    }

    private void embed(List<String> input, List<Integer> rows, float[][] into) {
        Response<List<Embedding>> response = model.embedAll(
                rows.stream().map(row -> TextSegment.from(input.get(row))).toList());
        List<Embedding> embeddings = response.content();
        if (embeddings.size() != rows.size()) {
            throw new GeothermException(
                    "the embedding model returned " + embeddings.size() + " embeddings for " + rows.size() + " texts");
        }
        for (int i = 0; i < rows.size(); i++) {
            normalize(embeddings.get(i).vector(), into[rows.get(i)]);
        }
        if (response.tokenUsage() != null && response.tokenUsage().inputTokenCount() != null) {
            tokens.add(response.tokenUsage().inputTokenCount());
        }
    }

    private void normalize(float[] vector, float[] into) {
        if (vector.length != dimension) {
            throw new GeothermException("the embedding model returned a vector of " + vector.length
                    + " numbers; its dimension is " + dimension);
        }
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        if (!Double.isFinite(squares)) {
            throw new GeothermException("the embedding model returned a number that is not finite");
        }
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        for (int i = 0; i < dimension; i++) {
            into[i] = (float) (vector[i] * scale);
        }
    }

    @Override
    public EmbedderMetrics metrics() {
        Histogram now = nanos.copy();
        return MetricsBuilder.of(EmbedderMetrics.class)
                .set("texts", texts.sum())
                .set("characters", characters.sum())
                .set("time", Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9))
                .set("tokens", tokens.sum())
                .build();
    }

    @Override
    public void close() {
        closed = true;
    }
}
