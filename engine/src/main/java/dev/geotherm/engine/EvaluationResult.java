package dev.geotherm.engine;

import dev.geotherm.api.batch.EvaluationReport;
import dev.geotherm.batch.measure.RunScores;

/**
 * The result of an evaluation.
 *
 * @param report the report of the evaluator
 * @param depth the maximum number of documents ranked for each query
 * @param scores the usual measures of the rankings, for each judged query and on average
 */
public record EvaluationResult(EvaluationReport report, int depth, RunScores scores) {}
