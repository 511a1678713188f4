package dev.geotherm.engine;

/**
 * What an ingestion would do, and what its embeddings would cost.
 *
 * @param documents documents of the source
 * @param added documents that are not in the knowledge yet
 * @param changed documents with other content
 * @param unchanged documents that would not be touched
 * @param removed documents that would be removed, because they are no longer in the source
 * @param texts chunks that would be embedded
 * @param characters characters of these chunks
 * @param tokens an estimate of their tokens: a quarter of their bytes in UTF-8
 */
public record IngestionPlan(
        long documents,
        long added,
        long changed,
        long unchanged,
        long removed,
        long texts,
        long characters,
        long tokens) {}
