package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.cli.terminal.ProgressLine;
import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.engine.EvaluationOptions;
import dev.geotherm.engine.KnowledgeFolder;
import dev.geotherm.engine.MainJob;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.RunReport;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusOptions;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.plugin.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code run}: ingests and evaluates a corpus. */
@Command(
        name = "run",
        description = {
            "Turn a corpus into anchors, write the deltas of their state, and evaluate retrieval if the corpus has"
                    + " queries and judgements.",
            "If an evaluation ended early, the same command resumes it."
        },
        footerHeading = "%nFiles in the output folder:%n",
        footer = {
            "  deltas.jsonl       each revision of the state as a JSON Patch (RFC 6902)",
            "  state.json         the last state; all deltas applied to {} produce it",
            "  run.trec           the ranked documents of each query, for trec_eval",
            "  evaluation.jsonl   the same with failures, one line per query",
            "  report.json        the report that --json prints",
            "  dead-letters.jsonl the fragments that could not be ingested, if any",
            "  telemetry.jsonl    the metrics during the run, if the profile exports them",
            "  geotherm.log       the log, at the log level of the profile",
            GeothermCommand.ENVIRONMENT
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CORPUS",
            arity = "0..1",
            defaultValue = "wordnet",
            description = {
                "A BEIR folder, a folder of .txt, .md and .html files, a folder of .jsonl files, a .jsonl file (each also"
                        + " .gz or .zst), wordnet for a part of WordNet 3.1, or wordnet:all. Default: ${DEFAULT-VALUE}."
            })
    private String corpus;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "",
            description = "The name of a profile, or the path of a .yaml file. Default: GEOTHERM_PROFILE, or balanced.")
    private String profile;

    @Mixin
    private SetOption set;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "geotherm-out",
            description = "The output folder; created if it does not exist. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--retrieve",
            paramLabel = "BY",
            description =
                    "How queries are answered: lexical (BM25), similarity (vectors), fused (both by rank), weighted (both"
                            + " by score) or composite (also by time). Default: fused if the embedder is semantic, otherwise"
                            + " (as with hashing) lexical.")
    private @Nullable RetrievalMode mode;

    @Option(
            names = "--keep-unknown-judgements",
            description = "Count judged documents that are not in the corpus as never found, and judged queries as not"
                    + " answered, instead of refusing the corpus.")
    private boolean keepUnknown;

    @Option(
            names = "--skip-unreadable",
            description = "Leave out the files of a folder that cannot be read, instead of refusing all of it.")
    private boolean skipUnreadable;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "",
            description = "The judgements to use: train, dev or test. Default: the first of test, dev and train that"
                    + " exists.")
    private String split;

    @Option(
            names = "--all-queries",
            description = "Answer the queries without judgements, too. They do not count in the measures.")
    private boolean allQueries;

    @Option(
            names = "--exclude-query-document",
            description = "Leave the document with the id of the query out of its answers, for tasks where a query is a"
                    + " document of the corpus, such as ArguAna.")
    private boolean excludeQueryDocument;

    @Option(names = "--fresh", description = "Discard the checkpoint of an earlier run and start over.")
    private boolean fresh;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not print progress to stderr.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        EvaluationOptions options = options();
        Environment environment = parent.environment();
        try (Plugins plugins = parent.plugins()) {
            Configuration configuration = parent.configuration(parent.profileName(profile), set.values(), plugins);
            long start = System.nanoTime();
            Corpus opened = corpus(environment, plugins);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            RunReport report = run(new MainJob(opened, configuration, options, took), environment);
            environment
                    .out()
                    .print(
                            json
                                    ? TerminalText.safeJson(report.json()) + "\n"
                                    : new ReportTable(report).text(environment.styledOut()));
            if (report.deadLetters() == 0) {
                return ExitCode.DONE;
            }
            environment.complain(
                    report.deadLetters() + " fragments could not be ingested; see " + report.deadLetterFile());
            return ExitCode.FAILED;
        }
    }

    /** Opens the corpus, which reads it completely. */
    private Corpus corpus(Environment environment, Plugins plugins) {
        CorpusOptions how = new CorpusOptions(split, keepUnknown, skipUnreadable, plugins.fileFormats());
        AtomicLong read = new AtomicLong();
        try (ProgressLine progress = progress(environment)) {
            progress.begin(() -> new Progress.Step("check", "documents", read.get(), 0, 0, ""));
            return Corpus.open(corpus, how, read::set);
        }
    }

    private ProgressLine progress(Environment environment) {
        return new ProgressLine(environment.err(), environment.errIsTerminal(), environment.columns(), quiet);
    }

    private EvaluationOptions options() {
        try {
            return new EvaluationOptions(mode, fresh, allQueries, excludeQueryDocument);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--retrieve must be lexical, similarity, fused, weighted or composite, was '" + mode + "'",
                    wrong);
        }
    }

    private RunReport run(MainJob job, Environment environment) throws Exception {
        // The signal is closed last, because the JVM may end as soon as it is closed.
        try (StopSignal signal = new StopSignal(() -> stopped(environment));
                KnowledgeFolder folder = folder();
                RunLog log = new RunLog(folder.file("geotherm.log"), job.configuration());
                ProgressLine progress = progress(environment)) {
            parent.logFile(folder.file("geotherm.log"));
            try {
                RunReport report = job.run(folder, progress, signal);
                signal.complete();
                return report;
            } catch (CancellationException stopped) {
                throw stopped;
            } catch (EvaluationException refused) {
                log.failed(refused);
                throw new GeothermException(
                        refused.getMessage() + "; --fresh discards the checkpoint and starts over", refused);
            } catch (Exception failure) { // rethrown
                log.failed(failure);
                throw failure;
            }
        }
    }

    private KnowledgeFolder folder() {
        try {
            return KnowledgeFolder.open(out);
        } catch (GeothermException refused) {
            throw new GeothermException(refused.getMessage() + " (--out)", refused);
        }
    }

    /** Prints how to continue the run. The JVM exits when this method returns. */
    private void stopped(Environment environment) {
        environment.complain(
                Files.exists(out.resolve("evaluation.jsonl.checkpoint"))
                        ? "stopped before the end; the same command resumes the evaluation"
                        : "stopped before the end; the same command starts over");
    }
}
