package dev.geotherm.cli.quality;

import dev.geotherm.batch.comparison.MeasureComparison;
import dev.geotherm.batch.comparison.QualityGate;
import dev.geotherm.batch.comparison.QueryChange;
import java.util.List;

/** A self-contained HTML page with the comparison of two runs, without scripts. */
public final class ComparisonPage {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; color: #24292f; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; margin: 1rem 0; }
            th, td { padding: .3rem .8rem; text-align: right; border-bottom: 1px solid #d8dee4; }
            th:first-child, td:first-child, td.text, th.text { text-align: left; }
            .failed { color: #b42318; font-weight: 600; }
            svg { max-width: 100%; height: auto; }
            """;

    private final Markup page = new Markup();
    private final ComparedRuns runs;

    private ComparisonPage(ComparedRuns runs) {
        this.runs = runs;
    }

    /** Returns the page. */
    public static String of(ComparedRuns runs) {
        return "<!DOCTYPE html>\n" + new ComparisonPage(runs).write();
    }

    private Markup write() {
        String title = runs.heading();
        page.open("html", "lang", "en").open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.leaf("title", title).open("style").lines(STYLE).close().close();
        page.open("body").leaf("h1", title);
        run("Baseline", runs.baseline());
        run("Candidate", runs.candidate());
        verdicts();
        measures();
        page.leaf("p", runs.aboutSignificance() + ".");
        ChangesChart.addTo(page, runs);
        runs.comparison().measures().forEach(this::changes);
        return page.close().close();
    }

    private void run(String role, MeasuredRun run) {
        page.leaf("p", role + ": " + run.file() + " (" + run.tag() + "), " + run.covered() + ".");
    }

    private void verdicts() {
        if (runs.verdicts().isEmpty()) {
            return;
        }
        page.leaf("h2", "Conditions").open("table");
        for (QualityGate.Verdict each : runs.verdicts()) {
            page.open("tr").leaf("td", each.gate().toString());
            page.leaf("td", each.failed() ? "failed" : "passed", "class", each.failed() ? "failed" : "passed");
            page.leaf("td", each.reason(), "class", "text").close();
        }
        page.close();
    }

    private void measures() {
        page.leaf("h2", "Measures").open("table");
        header("measure", "baseline", "candidate", "change", "", "95 % interval", "p", "better", "worse", "same");
        for (MeasureComparison each : runs.comparison().measures()) {
            row(
                    each.measure().toString(),
                    ComparisonTables.value(each.baseline()),
                    ComparisonTables.value(each.candidate()),
                    ComparisonTables.change(each.change()),
                    ComparedRuns.relative(each),
                    ComparedRuns.interval(each),
                    runs.significance(each),
                    String.valueOf(each.better()),
                    String.valueOf(each.worse()),
                    String.valueOf(each.same()));
        }
        page.close();
    }

    private void changes(MeasureComparison compared) {
        List<QueryChange> changes = runs.comparison().changes(compared.measure());
        if (changes.isEmpty() || runs.shown() == 0) {
            return;
        }
        page.leaf("h2", "Queries that changed most by " + compared.measure()).open("table");
        header("query", "baseline", "candidate", "change");
        for (QueryChange each : changes.subList(0, Math.min(runs.shown(), changes.size()))) {
            row(
                    each.query(),
                    ComparisonTables.value(each.baseline()),
                    ComparisonTables.value(each.candidate()),
                    ComparisonTables.change(each.change()));
        }
        page.close();
    }

    private void header(String... cells) {
        page.open("tr");
        for (String cell : cells) {
            page.leaf("th", cell);
        }
        page.close();
    }

    private void row(String... cells) {
        page.open("tr");
        for (String cell : cells) {
            page.leaf("td", cell);
        }
        page.close();
    }
}
