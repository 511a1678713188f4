package dev.geotherm.batch.measure;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * The scores of a run: the values of measures for each judged query, and their means, as {@code trec_eval -c} computes them.
 *
 * <p>Queries of the run without judgements are ignored. A judged query without an answer, or without a relevant document,
 * counts as 0 in every measure. Documents with a grade of 0 or less are not relevant. {@code trec_eval} differs in two ways:
 * it fails on an answered query that has only negative grades, and its {@code bpref} treats grades of -3 and below as
 * relevant.
 *
 * <p>Immutable and thread-safe.
 */
public final class RunScores {
    private final List<Measure> measures;
    private final List<String> queries;
    private final double[][] values; // by measure, then by query

    private RunScores(List<Measure> measures, List<String> queries, double[][] values) {
        this.measures = measures;
        this.queries = queries;
        this.values = values;
    }

    /** Scores a run against judgements. The time is proportional to the number of answers and measures. */
    public static RunScores of(Qrels qrels, TrecRun run, List<Measure> measures) {
        List<Measure> wanted = measures.stream().distinct().toList();
        List<String> queries = List.copyOf(qrels.queries());
        double[][] values = new double[wanted.size()][queries.size()];
        for (int query = 0; query < queries.size(); query++) {
            var grades = qrels.grades(queries.get(query));
            var answers = run.answers(queries.get(query));
            for (int measure = 0; measure < wanted.size(); measure++) {
                values[measure][query] = wanted.get(measure).of(grades, answers);
            }
        }
        return new RunScores(wanted, queries, values);
    }

    /** Returns the measures without duplicates. */
    public List<Measure> measures() {
        return measures;
    }

    /** Returns the judged queries, in the order of the judgements. */
    public List<String> queries() {
        return queries;
    }

    /**
     * Returns a new array with the values of a measure, in the order of {@link #queries}.
     *
     * @throws IllegalArgumentException if the measure is not one of {@link #measures}
     */
    public double[] values(Measure measure) {
        int index = measures.indexOf(requireNonNull(measure, "measure"));
        if (index < 0) {
            throw new IllegalArgumentException("measure " + measure + " was not computed; computed were " + measures);
        }
        return values[index].clone();
    }

    /**
     * Returns the arithmetic mean of a measure over the judged queries; 0 if there are none.
     *
     * @throws IllegalArgumentException if the measure is not one of {@link #measures}
     */
    public double mean(Measure measure) {
        return Arrays.stream(values(measure)).average().orElse(0);
    }
}
