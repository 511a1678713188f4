package dev.geotherm.batch.comparison;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.batch.measure.Qrels;
import dev.geotherm.batch.measure.RunScores;
import dev.geotherm.batch.measure.TrecRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A paired comparison of two runs over the same judged queries, by one or more measures.
 *
 * <p>The result depends only on the runs and judgements. Immutable and thread-safe.
 */
public final class RunComparison {
    /** The tolerance for rounding: sums of the same terms in another order differ by less, real changes by more. */
    static final double ROUNDING = 1e-12;

    private final RunScores baseline;
    private final RunScores candidate;
    private final List<MeasureComparison> measures;

    private RunComparison(RunScores baseline, RunScores candidate, List<MeasureComparison> measures) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.measures = measures;
    }

    /**
     * Compares two runs. For each measure, the time is proportional to the number of answers, plus 20,000 times the number
     * of queries with different values.
     *
     * @throws GeothermException if there is no judged query or no measure
     */
    public static RunComparison of(Qrels qrels, TrecRun baseline, TrecRun candidate, List<Measure> measures) {
        if (qrels.queries().isEmpty() || measures.isEmpty()) {
            throw new GeothermException(
                    "a comparison needs judgements of at least one query, and at least one measure");
        }
        RunScores before = RunScores.of(qrels, baseline, measures);
        RunScores after = RunScores.of(qrels, candidate, measures);
        List<double[]> differences = before.measures().stream()
                .map(each -> differences(before, after, each))
                .toList();
        double[] raw =
                differences.stream().mapToDouble(PairedTest::randomization).toArray();
        double[] corrected = PairedTest.holm(raw);
        List<MeasureComparison> compared = new ArrayList<>();
        for (int i = 0; i < raw.length; i++) {
            Measure measure = before.measures().get(i);
            double[] changes = differences.get(i);
            int better = count(changes, 1);
            int worse = count(changes, -1);
            compared.add(new MeasureComparison(
                    measure,
                    before.mean(measure),
                    after.mean(measure),
                    Interval.ofMean(changes),
                    PairedTest.t(changes),
                    raw[i],
                    corrected[i],
                    better,
                    worse,
                    changes.length - better - worse));
        }
        return new RunComparison(before, after, List.copyOf(compared));
    }

    private static double[] differences(RunScores before, RunScores after, Measure measure) {
        double[] differences = after.values(measure);
        double[] subtracted = before.values(measure);
        for (int i = 0; i < differences.length; i++) {
            double difference = differences[i] - subtracted[i];
            differences[i] = Math.abs(difference) <= ROUNDING ? 0 : difference;
        }
        return differences;
    }

    private static int count(double[] changes, int sign) {
        int count = 0;
        for (double change : changes) {
            count += Math.signum(change) == sign ? 1 : 0;
        }
        return count;
    }

    /** Returns one comparison per measure, in the order of the given measures. */
    public List<MeasureComparison> measures() {
        return measures;
    }

    /** Returns the comparison by a measure. */
    public MeasureComparison by(Measure measure) {
        return measures.stream()
                .filter(each -> each.measure().equals(measure))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("measure " + measure + " was not compared"));
    }

    /** Returns the scores of the baseline. */
    public RunScores baseline() {
        return baseline;
    }

    /** Returns the scores of the candidate. */
    public RunScores candidate() {
        return candidate;
    }

    /** Returns the queries with different values, largest change first; equal changes keep the order of the judgements. */
    public List<QueryChange> changes(Measure measure) {
        double[] before = baseline.values(measure);
        double[] after = candidate.values(measure);
        List<QueryChange> changes = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            if (Math.abs(before[i] - after[i]) > ROUNDING) {
                changes.add(new QueryChange(baseline.queries().get(i), before[i], after[i]));
            }
        }
        changes.sort(Comparator.comparingDouble((QueryChange change) -> -Math.abs(change.change())));
        return changes;
    }
}
