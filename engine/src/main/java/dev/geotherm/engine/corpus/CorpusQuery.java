package dev.geotherm.engine.corpus;

/**
 * A question that a corpus comes with.
 *
 * @param id unique among the queries of its corpus, never blank
 * @param text what is asked, never blank
 */
public record CorpusQuery(String id, String text) {}
