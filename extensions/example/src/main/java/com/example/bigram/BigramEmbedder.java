package com.example.bigram;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderMetrics;
import dev.geotherm.api.metrics.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** An embedder that counts letter bigrams. Its vectors have one number for each pair of letters. */
final class BigramEmbedder implements Embedder {
    private final int symbols;
    private final LongAdder texts = new LongAdder();
    private final LongAdder characters = new LongAdder();
    private final Histogram nanos = new SynchronizedHistogram(2);
    private volatile boolean closed;

    BigramEmbedder(BigramSettings settings) {
        symbols = settings.letters() + 1; // all other letters share one symbol
    }

    @Override
    public int dimension() {
        return symbols * symbols;
    }

    @Override
    public void embed(List<String> input, float[][] into) {
        if (closed) {
            throw new IllegalStateException("this embedder is closed");
        }
        for (int i = 0; i < input.size(); i++) {
            if (i >= into.length || into[i].length != dimension()) {
                throw new IllegalArgumentException(
                        "row " + i + " is missing or does not have " + dimension() + " numbers");
            }
        }
        long start = System.nanoTime();
        for (int i = 0; i < input.size(); i++) {
            embed(input.get(i), into[i]);
            characters.add(input.get(i).length());
        }
        texts.add(input.size());
        if (!input.isEmpty()) {
            nanos.recordValueWithCount((System.nanoTime() - start) / input.size(), input.size());
        }
    }

    private void embed(String text, float[] vector) {
        Arrays.fill(vector, 0);
        int before = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = Character.toLowerCase(text.charAt(i));
            int symbol = c >= 'a' && c < 'a' + symbols - 1 ? c - 'a' : Character.isLetter(c) ? symbols - 1 : -1;
            if (symbol >= 0 && before >= 0) {
                vector[before * symbols + symbol]++;
            }
            before = symbol;
        }
        double squares = 0;
        for (float count : vector) {
            squares += count * count;
        }
        for (int i = 0; squares > 0 && i < vector.length; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
    }

    @Override
    public EmbedderMetrics metrics() {
        Histogram now = nanos.copy();
        return new EmbedderMetrics(
                texts.sum(),
                characters.sum(),
                Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9));
    }

    @Override
    public void close() {
        closed = true;
    }
}
