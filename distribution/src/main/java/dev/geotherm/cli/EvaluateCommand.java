package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.batch.comparison.Interval;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.batch.measure.Qrels;
import dev.geotherm.batch.measure.RunScores;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.cli.quality.ComparisonTables;
import dev.geotherm.cli.quality.MeasuredRun;
import dev.geotherm.cli.terminal.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code evaluate}: evaluates a run against judgements. */
@Command(
        name = "evaluate",
        description = {
            "Evaluate a run against relevance judgements.",
            "RUN contains the answers of a search system, in TREC's format: query Q0 document rank score tag. The values are those of"
                    + " trec_eval -c: judged queries without an answer count as 0."
        },
        footer = GeothermCommand.ENVIRONMENT)
final class EvaluateCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Parameters(paramLabel = "RUN", description = "The file of the run; gzip and Zstandard are read.")
    private Path file;

    @Mixin
    private MeasureOptions options;

    @Option(names = "--per-query", description = "Print the values of each query, too.")
    private boolean perQuery;

    @Override
    public Integer call() {
        Qrels qrels = options.judgements();
        TrecRun run = TrecRun.read(file);
        RunScores scores = RunScores.of(qrels, run, options.measures());
        MeasuredRun measured = MeasuredRun.of(file, run, qrels);
        parent.environment().out().print(options.json() ? json(measured, scores) : text(measured, scores));
        return ExitCode.DONE;
    }

    private String text(MeasuredRun measured, RunScores scores) {
        boolean styled = parent.environment().styledOut();
        StringBuilder text = new StringBuilder();
        if (perQuery) {
            List<String> headings = new ArrayList<>(List.of("query"));
            scores.measures().forEach(measure -> headings.add(measure.toString()));
            TextTable queries = new TextTable(styled, headings.toArray(String[]::new));
            List<double[]> values =
                    scores.measures().stream().map(scores::values).toList();
            for (int i = 0; i < scores.queries().size(); i++) {
                List<Object> row = new ArrayList<>(List.of(scores.queries().get(i)));
                for (double[] each : values) {
                    row.add(ComparisonTables.value(each[i]));
                }
                queries.row(row.toArray());
            }
            text.append(queries).append('\n');
        }
        TextTable means = new TextTable(styled, "measure", "mean", "95 % interval");
        for (Measure measure : scores.measures()) {
            Interval interval = Interval.ofMean(scores.values(measure));
            means.row(
                    measure,
                    ComparisonTables.value(scores.mean(measure)),
                    Double.isNaN(interval.low())
                            ? ""
                            : ComparisonTables.value(interval.low()) + " to "
                                    + ComparisonTables.value(interval.high()));
        }
        TextTable run = new TextTable(styled, "run", measured.tag());
        run.row("judgements", measured.covered());
        return text.append(means).append('\n').append(run).toString();
    }

    private String json(MeasuredRun measured, RunScores scores) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("run", Json.MAPPER.valueToTree(measured));
        ObjectNode means = json.putObject("measures");
        for (Measure measure : scores.measures()) {
            means.put(measure.toString(), scores.mean(measure));
        }
        ObjectNode intervals = json.putObject("intervals95");
        for (Measure measure : scores.measures()) {
            Interval interval = Interval.ofMean(scores.values(measure));
            if (!Double.isNaN(interval.low())) {
                intervals
                        .putObject(measure.toString())
                        .put("low", interval.low())
                        .put("high", interval.high());
            }
        }
        if (perQuery) {
            ObjectNode queries = json.putObject("queries");
            List<double[]> values =
                    scores.measures().stream().map(scores::values).toList();
            for (int i = 0; i < scores.queries().size(); i++) {
                ObjectNode query = queries.putObject(scores.queries().get(i));
                for (int m = 0; m < values.size(); m++) {
                    query.put(scores.measures().get(m).toString(), values.get(m)[i]);
                }
            }
        }
        return Json.pretty(json) + "\n";
    }
}
