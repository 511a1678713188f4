package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.Analysis;
import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of the passage indexes {@code lucene}.
 *
 * @param batchSize the number of queries that share one pass over the vectors
 * @param parallel whether to search batches in parallel, with one thread per processor
 * @param prefetch whether to read the index into memory on refresh
 * @param cacheSize the memory for cached hits; 0 disables the cache
 * @param vectorMemory the memory for the vectors of an index
 * @param k1 BM25's term-frequency saturation
 * @param b BM25's length normalisation
 * @param lexicalWeight the weight of the BM25 ranking in reciprocal rank fusion, from 0 to 1; the vector ranking gets the
 *     rest
 * @param rrfK the constant k of reciprocal rank fusion
 * @param language the language of the passages: a code, {@code auto} or {@code none}
 * @param foldDiacritics whether a search ignores diacritics
 * @param composite the settings of the modes weighted and composite
 * @param graph the settings of graphs for vector searches
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
                defaultValue = "0",
                description =
                        "Memory for cached hits of repeated queries, until the index changes; 0 disables the cache.")
        DataSize cacheSize,

        @Setting(
                defaultValue = "256MiB",
                description =
                        "Memory for the vectors of an index, at most a quarter of the heap; those beyond it are read"
                                + " from the file for each search.")
        DataSize vectorMemory,

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
        int rrfK,

        @Setting(
                defaultValue = "auto",
                description =
                        "Language of the passages, for stop words and stems: auto detects it for each passage, none"
                                + " disables stop words and stemming, or a code such as en.")
        String language,

        @Setting(defaultValue = "true", description = "Whether words match that differ in diacritics only.")
        boolean foldDiacritics,

        CompositeSettings composite,

        GraphSettings graph) {

    /** Validates the bounds. */
    public LuceneIndexesSettings {
        new Problems()
                .require(batchSize >= 1, "batchSize", "must be at least 1, was %s", batchSize)
                .require(k1 >= 0 && k1 <= Float.MAX_VALUE, "k1", "must be a number of at least 0, was %s", k1)
                .require(b >= 0 && b <= 1, "b", "must be from 0 to 1, was %s", b)
                .require(
                        lexicalWeight >= 0 && lexicalWeight <= 1,
                        "lexicalWeight",
                        "must be from 0 to 1, was %s",
                        lexicalWeight)
                .require(rrfK >= 0, "rrfK", "must be at least 0, was %s", rrfK)
                .require(
                        Analysis.languages().contains(language),
                        "language",
                        "must be one of %s, was %s",
                        String.join(", ", Analysis.languages()),
                        language)
                .throwIfAny();
    }

    /** Returns the analysis of passage texts. */
    Analysis analysis() {
        return new Analysis(language, foldDiacritics);
    }
}
