package dev.geotherm.engine.corpus;

/**
 * A query of a corpus.
 *
 * @param id the id, unique among the queries of its corpus; never blank
 * @param text the words; never blank
 */
public record CorpusQuery(String id, String text) {}
