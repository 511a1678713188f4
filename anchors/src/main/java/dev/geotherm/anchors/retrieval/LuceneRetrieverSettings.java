package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * Settings of the Lucene retriever.
 *
 * @param batchSize how many queries of a batch are searched in one pass over the vectors
 * @param parallel whether batches are searched by as many threads as there are processors
 * @param prefetch whether the index is read into memory when it is opened or refreshed
 * @param cacheSize how many queries' hits are kept until the next refresh
 * @param k1 BM25's saturation of term frequency
 * @param b BM25's normalisation by length
 * @param lexicalWeight the weight of the words' ranking in a fused one; the vectors' has the rest
 * @param fusionConstant what is added to each rank before it is inverted
 */
public record LuceneRetrieverSettings(
        @Setting(
                defaultValue = "50",
                description = "How many queries of a batch are searched in one pass over the vectors.")
        int batchSize,

        @Setting(defaultValue = "false", description = "Whether batches are searched by one thread a processor.")
        boolean parallel,

        @Setting(defaultValue = "false", description = "Whether the index is read into memory on each refresh.")
        boolean prefetch,

        @Setting(
                defaultValue = "1000",
                description = "How many queries' hits are kept until the next refresh; 0 keeps none.")
        int cacheSize,

        @Setting(defaultValue = "0.9", description = "How soon BM25 saturates with a word's frequency, from 0.")
        double k1,

        @Setting(defaultValue = "0.4", description = "How much BM25 makes up for a passage's length, 0 to 1.")
        double b,

        @Setting(
                defaultValue = "0.9",
                description = "Weight of the ranking by words in a fused one, 0 to 1; vectors have the rest.")
        double lexicalWeight,

        @Setting(
                defaultValue = "60",
                description = "What fusion adds to a rank before it inverts it; more lets lower ranks count, from 0.")
        int fusionConstant) {

    /** Checks the bounds. */
    public LuceneRetrieverSettings {
        new Problems()
                .require(batchSize >= 1, "batchSize", "must be at least 1, was %s", batchSize)
                .require(cacheSize >= 0, "cacheSize", "must be at least 0, was %s", cacheSize)
                .require(k1 >= 0 && k1 <= Float.MAX_VALUE, "k1", "must be a number from 0, was %s", k1)
                .require(b >= 0 && b <= 1, "b", "must be from 0 to 1, was %s", b)
                .require(
                        lexicalWeight >= 0 && lexicalWeight <= 1,
                        "lexicalWeight",
                        "must be from 0 to 1, was %s",
                        lexicalWeight)
                .require(fusionConstant >= 0, "fusionConstant", "must be at least 0, was %s", fusionConstant)
                .throwIfAny();
    }
}
