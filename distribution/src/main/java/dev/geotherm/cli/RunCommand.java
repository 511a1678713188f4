package dev.geotherm.cli;

import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.cli.corpus.Corpus;
import dev.geotherm.cli.corpus.UnknownDocuments;
import dev.geotherm.cli.run.Cancellation;
import dev.geotherm.cli.run.MainJob;
import dev.geotherm.cli.run.Progress;
import dev.geotherm.cli.run.RunReport;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.plugin.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs the main job on a corpus. */
@Command(
        name = "run",
        description = {
            "Turn a corpus into anchors, write the state's deltas, and evaluate retrieval over it where the corpus has"
                    + " queries and judgements.",
            "A run whose evaluation was ended early goes on there when the same command is given again."
        },
        footerHeading = "%nFiles in the output folder:%n",
        footer = {
            "  deltas.jsonl       each revision of the state as a JSON Patch (RFC 6902)",
            "  state.json         the last state: what the deltas give, applied to {}",
            "  run.trec           what was found for each query, for trec_eval",
            "  evaluation.jsonl   the same with failures, a line a query",
            "  report.json        what --json prints",
            "  dead-letters.jsonl what could not be ingested, if anything",
            "  geotherm.log       the log, at the level of the profile",
            GeothermCommand.ENVIRONMENT
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CORPUS",
            arity = "0..1",
            defaultValue = "wordnet",
            description = {
                "A BEIR folder, a folder of .txt, .md and .html files, a .jsonl file (each also .gz), wordnet for a part"
                        + " of WordNet 3.1, or wordnet:all. Default: ${DEFAULT-VALUE}."
            })
    private String corpus;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "",
            description = "A profile's name, or the path of a .yaml file. Default: GEOTHERM_PROFILE, else balanced.")
    private String profile;

    @Mixin
    private SetOption set;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "geotherm-out",
            description = "The folder for the results; made if need be. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--retrieve",
            paramLabel = "BY",
            defaultValue = "fused",
            description = "How queries are answered: lexical (BM25), similarity (vectors) or fused."
                    + " Default: ${DEFAULT-VALUE}.")
    private RetrievalMode mode;

    @Option(
            names = "--keep-unknown-judgements",
            description = "Count documents that are judged but not in the corpus as never found, instead of refusing"
                    + " the corpus.")
    private boolean keepUnknown;

    @Option(names = "--fresh", description = "Begin the evaluation anew, whatever an earlier run left.")
    private boolean fresh;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress on stderr.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        if (mode != RetrievalMode.FUSED && mode != RetrievalMode.LEXICAL && mode != RetrievalMode.SIMILARITY) {
            throw new ParameterException(
                    spec.commandLine(), "--retrieve must be lexical, similarity or fused, was '" + mode + "'");
        }
        Surroundings surroundings = parent.surroundings();
        try (Plugins plugins = parent.plugins()) {
            Configuration configuration = parent.configuration(parent.profileName(profile), set.values(), plugins);
            MainJob job = new MainJob(
                    Corpus.open(corpus, keepUnknown ? UnknownDocuments.KEEP : UnknownDocuments.REFUSE),
                    configuration,
                    out,
                    mode,
                    fresh);
            RunReport report = run(job, surroundings);
            surroundings.out().print(json ? report.json() + "\n" : report.table(surroundings.styledOut()));
            report.deadLetters().ifPresent(surroundings.err()::println);
            return report.deadLetters().isPresent() ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    private RunReport run(MainJob job, Surroundings surroundings) throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread onSignal = new Thread(() -> stop(cancellation, surroundings), "geotherm-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (Progress progress = new Progress(surroundings.err(), surroundings.errIsTerminal(), quiet)) {
            return job.run(progress, cancellation);
        } finally {
            cancellation.ended();
            forget(onSignal);
        }
    }

    /** Tells what becomes of the run itself: once this returns, the JVM is gone before anybody else could. */
    private void stop(Cancellation cancellation, Surroundings surroundings) {
        try {
            cancellation.request(PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        surroundings
                .err()
                .println(
                        Files.exists(out.resolve("evaluation.jsonl.checkpoint"))
                                ? "geotherm: stopped before the end; the same command goes on with the evaluation"
                                : "geotherm: stopped before the end; the same command begins anew");
    }

    private static void forget(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException goingDown) {
            // The hook runs already; it returns because the run has ended.
        }
    }
}
