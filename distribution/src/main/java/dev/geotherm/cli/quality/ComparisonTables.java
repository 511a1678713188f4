package dev.geotherm.cli.quality;

import dev.geotherm.batch.comparison.MeasureComparison;
import dev.geotherm.batch.comparison.QualityGate;
import dev.geotherm.batch.comparison.QueryChange;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.cli.terminal.TextTable;
import java.util.List;
import java.util.Locale;

/** The text tables of a comparison of two runs. */
public final class ComparisonTables {
    private ComparisonTables() {}

    /** Returns the tables. */
    public static String text(ComparedRuns runs, boolean styled) {
        return runs(runs, styled) + "\n" + measures(runs, styled) + runs.aboutSignificance() + "\n"
                + changes(runs, styled) + verdicts(runs, styled);
    }

    private static TextTable runs(ComparedRuns runs, boolean styled) {
        TextTable table = new TextTable(styled, "", "queries answered", "judged in the first 10", "tag", "file");
        row(table, "baseline", runs.baseline());
        row(table, "candidate", runs.candidate());
        return table;
    }

    private static void row(TextTable table, String role, MeasuredRun run) {
        table.row(role, run.answered(), run.judged(), run.tag(), run.file());
    }

    private static TextTable measures(ComparedRuns runs, boolean styled) {
        TextTable table = new TextTable(
                styled,
                "measure",
                "baseline",
                "candidate",
                "change",
                "",
                "95 % interval",
                "p",
                "better",
                "worse",
                "same");
        for (MeasureComparison each : runs.comparison().measures()) {
            table.row(
                    each.measure(),
                    value(each.baseline()),
                    value(each.candidate()),
                    change(each.change()),
                    ComparedRuns.relative(each),
                    ComparedRuns.interval(each),
                    runs.significance(each),
                    each.better(),
                    each.worse(),
                    each.same());
        }
        return table;
    }

    private static String changes(ComparedRuns runs, boolean styled) {
        Measure first = runs.comparison().measures().get(0).measure();
        List<QueryChange> changes = runs.comparison().changes(first);
        if (changes.isEmpty() || runs.shown() == 0) {
            return "";
        }
        TextTable table = new TextTable(styled, "query", "baseline", "candidate", "change of " + first);
        for (QueryChange each : changes.subList(0, Math.min(runs.shown(), changes.size()))) {
            table.row(each.query(), value(each.baseline()), value(each.candidate()), change(each.change()));
        }
        return "\n" + table
                + (changes.size() > runs.shown()
                        ? String.format(Locale.ROOT, "%,d more queries changed%n", changes.size() - runs.shown())
                        : "");
    }

    private static String verdicts(ComparedRuns runs, boolean styled) {
        if (runs.verdicts().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable(styled, "condition", "result", "because");
        for (QualityGate.Verdict each : runs.verdicts()) {
            table.row(each.gate(), each.failed() ? "FAILED" : "passed", each.reason());
        }
        return "\n" + table;
    }

    /** Formats a value of a measure. */
    public static String value(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Formats a change with its sign. */
    static String change(double change) {
        return String.format(Locale.ROOT, "%+.4f", change + 0.0);
    }
}
