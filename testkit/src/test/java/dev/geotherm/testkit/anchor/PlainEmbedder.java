package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderMetrics;
import dev.geotherm.api.metrics.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The smallest correct embedder, with an optional fault: counts words by their hash. */
final class PlainEmbedder implements Embedder {
    private static final int DIMENSION = 64;
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final EmbedderFault fault;
    private final int seed;
    private final float[] scratch = new float[DIMENSION];
    private long texts;
    private long characters;
    private boolean closed;

    PlainEmbedder(EmbedderFault fault) {
        this.fault = fault;
        seed = fault == EmbedderFault.EACH_INSTANCE_HASHES_ITS_OWN_WAY ? OPENED.incrementAndGet() : 0;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public Optional<String> fingerprint() {
        boolean own = fault == EmbedderFault.EACH_INSTANCE_HAS_ITS_OWN_FINGERPRINT;
        return Optional.of(own ? "plain " + System.identityHashCode(this) : "plain");
    }

    @Override
    public int[] tokenStarts(String text) {
        boolean beginning = fault == EmbedderFault.COUNTS_THE_TOKENS_OF_A_BEGINNING && text.length() > 256;
        return Embedder.super.tokenStarts(beginning ? text.substring(0, 256) : text);
    }

    @Override
    public void embed(List<String> given, float[][] into) {
        if (fault == EmbedderFault.THREADS_SHARE_AN_ARRAY) {
            embedAll(given, into);
            return;
        }
        synchronized (this) {
            embedAll(given, into);
        }
    }

    private void embedAll(List<String> given, float[][] into) {
        if (closed && fault != EmbedderFault.EMBEDS_WHEN_CLOSED) {
            throw new IllegalStateException("closed");
        }
        if (fault != EmbedderFault.CHECKS_ROWS_AS_IT_GOES) {
            for (int i = 0; i < given.size(); i++) {
                check(into, i);
            }
        }
        for (int i = 0; i < given.size(); i++) {
            check(into, i);
            embed(given.get(i), into[i]);
            for (int j = 0; j < DIMENSION && fault == EmbedderFault.BATCHES_ROUND_DIFFERENTLY; j++) {
                into[i][j] *= 1 - 1e-6f * given.size();
            }
        }
        if (fault == EmbedderFault.FURTHER_ROWS_ARE_CLEARED) {
            Arrays.stream(into).skip(given.size()).forEach(row -> Arrays.fill(row, 0));
        }
        texts += fault == EmbedderFault.BATCHES_COUNT_AS_TEXTS ? 1 : given.size();
        characters += given.stream().mapToLong(String::length).sum();
    }

    private static void check(float[][] into, int row) {
        if (row >= into.length || into[row].length != DIMENSION) {
            throw new IllegalArgumentException("row " + row + " is missing or not of " + DIMENSION + " numbers");
        }
    }

    private void embed(String text, float[] row) {
        float[] counts = fault == EmbedderFault.THREADS_SHARE_AN_ARRAY ? scratch : new float[DIMENSION];
        Arrays.fill(counts, 0);
        for (String word : text.split("\\s+")) {
            counts[Math.floorMod(31 * word.hashCode() + seed * word.length(), DIMENSION)] += word.isEmpty() ? 0 : 1;
            if (fault == EmbedderFault.THREADS_SHARE_AN_ARRAY) {
                Thread.yield();
            }
        }
        double squares = 0;
        for (float count : counts) {
            squares += (double) count * count;
        }
        boolean none = squares == 0 && fault != EmbedderFault.DIVIDES_BY_ZERO;
        double length = none || fault == EmbedderFault.VECTORS_KEEP_THEIR_LENGTH ? 1 : Math.sqrt(squares);
        for (int i = 0; i < DIMENSION; i++) {
            float old = fault == EmbedderFault.ADDS_TO_WHAT_IS_THERE ? row[i] : 0;
            row[i] = old + (float) (counts[i] / length);
        }
    }

    @Override
    public synchronized EmbedderMetrics metrics() {
        return new EmbedderMetrics(texts, characters, new Distribution(texts, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public synchronized void close() {
        if (closed && fault == EmbedderFault.CLOSES_ONCE) {
            throw new IllegalStateException("closed");
        }
        closed = true;
    }
}
