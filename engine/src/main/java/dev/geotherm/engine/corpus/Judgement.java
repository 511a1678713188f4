package dev.geotherm.engine.corpus;

/**
 * A relevance judgement: a person's grade for one document as an answer to one query.
 *
 * @param query the id of a query of the corpus
 * @param document the id of a document of the corpus
 * @param grade the grade: 0 or less means not relevant; higher is better
 */
public record Judgement(String query, String document, int grade) {}
