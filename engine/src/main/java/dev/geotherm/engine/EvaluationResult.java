package dev.geotherm.engine;

import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.batch.measure.RunScores;

/**
 * The result of an evaluation.
 *
 * @param report the report of the evaluator
 * @param depth the maximum number of ranked documents per query
 * @param scores the default measures of the rankings, for each judged query and on average
 */
public record EvaluationResult(EvaluationReport report, int depth, RunScores scores) {}
