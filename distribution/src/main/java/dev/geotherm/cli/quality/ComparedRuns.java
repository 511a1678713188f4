package dev.geotherm.cli.quality;

import dev.geotherm.batch.comparison.MeasureComparison;
import dev.geotherm.batch.comparison.QualityGate;
import dev.geotherm.batch.comparison.RunComparison;
import java.util.List;
import java.util.Locale;

/**
 * Two compared runs, with all data that a report shows.
 *
 * @param baseline the run to compare against
 * @param candidate the run under test
 * @param comparison the comparison
 * @param verdicts the results of the conditions
 * @param level the significance level
 * @param shown the number of most changed queries to show
 */
public record ComparedRuns(
        MeasuredRun baseline,
        MeasuredRun candidate,
        RunComparison comparison,
        List<QualityGate.Verdict> verdicts,
        double level,
        int shown) {

    /** Returns a heading with the names of the files, preceded by their folders if the names are equal. */
    String heading() {
        boolean equal = candidate.shortName().equals(baseline.shortName());
        return equal
                ? candidate.file() + " against " + baseline.file()
                : candidate.shortName() + " against " + baseline.shortName();
    }

    /** Returns whether a condition failed. */
    public boolean failed() {
        return verdicts.stream().anyMatch(QualityGate.Verdict::failed);
    }

    /** Returns the change in percent of the baseline; empty if the baseline is 0. */
    static String relative(MeasureComparison compared) {
        return compared.baseline() == 0
                ? ""
                : String.format(Locale.ROOT, "%+.1f %%", 100 * compared.change() / compared.baseline());
    }

    /** Returns the confidence interval; empty if undefined. */
    static String interval(MeasureComparison compared) {
        return Double.isNaN(compared.interval().low())
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%+.4f to %+.4f",
                        compared.interval().low(),
                        compared.interval().high());
    }

    /** Returns the corrected p-value, with a star if it is significant. */
    String significance(MeasureComparison compared) {
        String p = compared.corrected() < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", compared.corrected());
        return p + (compared.isSignificant(level) ? " *" : "");
    }

    /** Returns a sentence that explains the p-values of the tables. */
    String aboutSignificance() {
        int measures = comparison.measures().size();
        return "p is from a paired randomisation test"
                + (measures > 1 ? ", corrected for " + measures + " measures (Holm)" : "") + "; * is at most " + level;
    }
}
