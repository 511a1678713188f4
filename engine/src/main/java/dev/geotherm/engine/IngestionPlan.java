package dev.geotherm.engine;

/**
 * A plan of an ingestion, with the cost of its embeddings.
 *
 * @param documents the number of documents in the source
 * @param added the number of documents that are not in the knowledge yet
 * @param changed the number of documents with changed content
 * @param unchanged the number of unchanged documents
 * @param removed the number of documents to remove, which are no longer in the source
 * @param texts the number of chunks to embed
 * @param characters the number of characters in these chunks
 * @param tokens the estimated number of tokens in these chunks: a quarter of their UTF-8 bytes
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
