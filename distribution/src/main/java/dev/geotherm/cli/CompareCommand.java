package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.comparison.QualityGate;
import dev.geotherm.batch.comparison.RunComparison;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.batch.measure.Qrels;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.cli.quality.ChangesChart;
import dev.geotherm.cli.quality.ComparedRuns;
import dev.geotherm.cli.quality.ComparisonPage;
import dev.geotherm.cli.quality.ComparisonTables;
import dev.geotherm.cli.quality.GateReport;
import dev.geotherm.cli.quality.MeasuredRun;
import dev.geotherm.cli.state.Output;
import dev.geotherm.cli.state.SeparateFiles;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code compare}: compares two runs against the same judgements, and fails if quality drops. */
@Command(
        name = "compare",
        description = {
            "Compare two runs query by query, and test which changes are statistically significant.",
            "Both are files in TREC's format, with answers to the same queries. With --fail-if, the exit code is 4 if a condition"
                    + " holds: 'nDCG@10 drops' (significantly), 'nDCG@10 drops 0.01' (significantly, by at least that much), 'MAP drops"
                    + " 2%%' (of the baseline) or 'Recall@100 below 0.9' (the candidate alone)."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:compared, and no condition of --fail-if holds",
            "1:failed: a file cannot be read or is not valid",
            "2:invalid command line",
            "3:out of memory; raise the limit, for example with GEOTHERM_OPTS=-Xmx2g",
            "4:a condition of --fail-if holds"
        },
        footer = GeothermCommand.ENVIRONMENT)
final class CompareCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BASELINE", description = "The run to compare against.")
    private Path baseline;

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "The run to test.")
    private Path candidate;

    @Mixin
    private MeasureOptions options;

    @Option(
            names = "--fail-if",
            paramLabel = "CONDITION",
            converter = Condition.class,
            description = "Exit with code 4 if the condition holds. Repeatable.")
    private List<QualityGate> gates = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "P",
            defaultValue = "0.05",
            description =
                    "The significance level: the highest p-value that counts; 1 for every change. Default: ${DEFAULT-VALUE}.")
    private double level;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the most changed queries to show. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Option(names = "--svg", paramLabel = "FILE", description = "Write a bar chart of the changes of all queries.")
    private @Nullable Path svg;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the comparison as one HTML page.")
    private @Nullable Path html;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the conditions as a test report (JUnit XML).")
    private @Nullable Path junit;

    @Override
    public Integer call() {
        if (!(level > 0 && level <= 1)) {
            throw new ParameterException(spec.commandLine(), "--level must be above 0 and at most 1, was " + level);
        } else if (top < 0) {
            throw new ParameterException(spec.commandLine(), "--top must not be negative, was " + top);
        } else if (junit != null && gates.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--junit needs a condition: add --fail-if");
        }
        new SeparateFiles(spec.commandLine())
                .input("--qrels", options.qrels())
                .input("BASELINE", baseline)
                .input("CANDIDATE", candidate)
                .result("--junit", junit)
                .result("--html", html)
                .result("--svg", svg);
        ComparedRuns runs = compare();
        write(junit, runs, GateReport::of); // first, because builds depend on it
        Environment environment = parent.environment();
        environment
                .out()
                .print(
                        options.json()
                                ? Json.pretty(ComparisonJson.of(runs)) + "\n"
                                : ComparisonTables.text(runs, environment.styledOut()));
        write(html, runs, ComparisonPage::of);
        write(svg, runs, ChangesChart::file);
        return runs.failed() ? ExitCode.CONDITION : ExitCode.DONE;
    }

    private ComparedRuns compare() {
        Qrels qrels = options.judgements();
        TrecRun before = TrecRun.read(baseline);
        TrecRun after = TrecRun.read(candidate);
        List<Measure> measures = Stream.concat(
                        options.measures().stream(), gates.stream().map(QualityGate::measure))
                .distinct()
                .toList();
        RunComparison comparison = RunComparison.of(qrels, before, after, measures);
        return new ComparedRuns(
                MeasuredRun.of(baseline, before, qrels),
                MeasuredRun.of(candidate, after, qrels),
                comparison,
                QualityGate.check(gates, comparison, level),
                level,
                top);
    }

    private static void write(@Nullable Path file, ComparedRuns runs, Function<ComparedRuns, String> form) {
        if (file != null) {
            byte[] bytes = form.apply(runs).getBytes(StandardCharsets.UTF_8);
            Output.write(file, OutputStream.nullOutputStream(), stream -> stream.write(bytes));
        }
    }

    /** A converter with a message that says what was expected. */
    static final class Condition implements ITypeConverter<QualityGate> {
        @Override
        public QualityGate convert(String value) {
            try {
                return QualityGate.parse(value);
            } catch (GeothermException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }
}
