package dev.geotherm.engine;

import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.batch.measure.RankingMeasures;

/**
 * The result of an evaluation.
 *
 * @param report how the queries were answered
 * @param depth how many documents were ranked for each query at most
 * @param measures the measures of the rankings, for each judged query and on average
 */
public record EvaluationResult(EvaluationReport report, int depth, RankingMeasures measures) {}
