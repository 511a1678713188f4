package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of the passage indexes {@code lucene}.
 *
 * @param batchSize the number of queries that share one pass over the vectors
 * @param parallel whether batches are searched in parallel, by one thread for each processor
 * @param prefetch whether a refresh reads the index into memory
 * @param cacheSize the number of queries with cached hits
 * @param k1 BM25's term-frequency saturation
 * @param b BM25's length normalisation
 * @param lexicalWeight the weight of the BM25 ranking in reciprocal rank fusion; the vector ranking has the rest
 * @param rrfK the constant k of reciprocal rank fusion
 */
public record LuceneIndexesSettings(
        @Setting(defaultValue = "50", description = "Number of queries that share one pass over the vectors.")
        int batchSize,

        @Setting(
                defaultValue = "false",
                description = "Whether batches are searched in parallel, one thread for each processor.")
        boolean parallel,

        @Setting(defaultValue = "false", description = "Whether a refresh reads the index into memory.")
        boolean prefetch,

        @Setting(
                defaultValue = "1000",
                description = "Number of queries with cached hits, until the index changes; 0 disables the cache.")
        int cacheSize,

        @Setting(defaultValue = "0.9", description = "Term-frequency saturation of BM25 (k1), at least 0.")
        double k1,

        @Setting(defaultValue = "0.4", description = "Length normalisation of BM25 (b), 0 to 1.")
        double b,

        @Setting(
                defaultValue = "0.9",
                description =
                        "Weight of the BM25 ranking in reciprocal rank fusion, 0 to 1; the vector ranking has the rest.")
        double lexicalWeight,

        @Setting(
                defaultValue = "60",
                description =
                        "Constant k of reciprocal rank fusion, at least 0; a larger one gives lower ranks more weight.")
        int rrfK) {

    /** Checks the bounds. */
    public LuceneIndexesSettings {
        new Problems()
                .require(batchSize >= 1, "batchSize", "must be at least 1, was %s", batchSize)
                .require(cacheSize >= 0, "cacheSize", "must be at least 0, was %s", cacheSize)
                .require(k1 >= 0 && k1 <= Float.MAX_VALUE, "k1", "must be a number of at least 0, was %s", k1)
                .require(b >= 0 && b <= 1, "b", "must be from 0 to 1, was %s", b)
                .require(
                        lexicalWeight >= 0 && lexicalWeight <= 1,
                        "lexicalWeight",
                        "must be from 0 to 1, was %s",
                        lexicalWeight)
                .require(rrfK >= 0, "rrfK", "must be at least 0, was %s", rrfK)
                .throwIfAny();
    }
}
