package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.TemporaryFolder;
import dev.geotherm.cli.terminal.ProgressLine;
import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.cli.terminal.Units;
import dev.geotherm.engine.Cancellation;
import dev.geotherm.engine.IngestOptions;
import dev.geotherm.engine.IngestionPlan;
import dev.geotherm.engine.IngestionResult;
import dev.geotherm.engine.Knowledge;
import dev.geotherm.engine.KnowledgeWatch;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusOptions;
import dev.geotherm.engine.corpus.StreamFormat;
import dev.geotherm.profiles.plugin.Plugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code ingest}: brings a knowledge folder up to date with a source. */
@Command(
        name = "ingest",
        description = {
            "Bring a knowledge folder up to date with a source: add new documents, replace changed ones, remove those"
                    + " that no longer exist.",
            "Only new chunks are embedded. If it ends early, the same command continues from the last commit.",
            "With --watch, it runs until you stop it, and ingests the folder again after each change."
        },
        footer = GeothermCommand.ENVIRONMENT)
final class IngestCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "A folder of .txt, .md and .html files, a folder of .jsonl files, a BEIR folder, a .jsonl file"
                            + " (each also .gz or .zst), wordnet or wordnet:all; or - for stdin.")
    private String corpus;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            required = true,
            description = "The knowledge folder; created if it does not exist.")
    private Path folder;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "The name of the source. Default: its path. A source that moved keeps its documents if it keeps"
                            + " its name. Required for stdin.")
    private String source;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "jsonl",
            description =
                    "The format of stdin: jsonl (a document in each line) or text (one document with the NAME of the source"
                            + " as its id). Default: ${DEFAULT-VALUE}.")
    private StreamFormat format;

    @Option(
            names = "--watch",
            description =
                    "Keep running, and ingest the folder again after each change, until a signal such as Ctrl-C. With"
                            + " --json, print a line of JSON for each ingestion and each failure.")
    private boolean watch;

    @Option(names = "--dry-run", description = "Show what would be done and what it would cost, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--keep-missing",
            description = "Keep documents that are no longer in the source, instead of removing them.")
    private boolean keepMissing;

    @Option(
            names = "--rebuild",
            description = "If settings of splitter, scrubber or embedder have changed, embed everything again in a new"
                    + " generation, which replaces the old one when it is complete. Without this option, the"
                    + " ingestion is refused.")
    private boolean rebuild;

    @Option(
            names = "--skip-unreadable",
            description =
                    "Leave out the files of a folder that cannot be read, instead of refusing all of it. No document"
                            + " is removed then.")
    private boolean skipUnreadable;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        requireValidOptions();
        try (Plugins plugins = parent.plugins()) {
            CorpusOptions reading = reading(plugins);
            if (watch) {
                return options.with(
                        parent,
                        plugins,
                        folder,
                        true,
                        (knowledge, progress, cancellation) -> watch(knowledge, reading, progress, cancellation));
            }
            if (!corpus.equals(STDIN)) {
                return ingest(plugins, check(read -> Corpus.open(corpus, reading, read)));
            }
            try (TemporaryFolder copies = TemporaryFolder.create()) {
                Path copy = copies.path().resolve("stdin");
                return ingest(
                        plugins, check(read -> Corpus.read(parent.environment().in(), format, source, copy, read)));
            }
        }
    }

    private void requireValidOptions() {
        if (corpus.equals(STDIN) && source.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--source NAME is missing; stdin has no name");
        }
        if (!corpus.equals(STDIN) && spec.commandLine().getParseResult().hasMatchedOption("--format")) {
            throw new ParameterException(spec.commandLine(), "--format is for stdin, and SOURCE is " + corpus);
        }
        if (watch && (dryRun || corpus.equals(STDIN))) {
            throw new ParameterException(
                    spec.commandLine(), "--watch cannot be combined with " + (dryRun ? "--dry-run" : "stdin"));
        }
    }

    /** Opens the source. The argument of the opening function receives the number of documents read so far. */
    private Corpus check(Function<LongConsumer, Corpus> opening) {
        AtomicLong read = new AtomicLong();
        try (ProgressLine progress = options.progress(parent.environment())) {
            progress.begin(() -> new Progress.Step("check", "documents", read.get(), 0, 0, ""));
            return opening.apply(read::set);
        }
    }

    private CorpusOptions reading(Plugins plugins) {
        CorpusOptions all = CorpusOptions.defaults().withFormats(plugins.fileFormats());
        return skipUnreadable ? all.skippingUnreadable() : all;
    }

    private IngestOptions ingestion() {
        return new IngestOptions(name(corpus, source), keepMissing, rebuild);
    }

    private int ingest(Plugins plugins, Corpus opened) throws Exception {
        Environment environment = parent.environment();
        return options.with(parent, plugins, folder, true, (knowledge, progress, cancellation) -> {
            if (dryRun) {
                print(environment, knowledge.plan(opened, ingestion(), progress, cancellation));
                return ExitCode.DONE;
            }
            IngestionResult result = knowledge.ingest(opened, ingestion(), progress, cancellation);
            print(environment, opened, result);
            return complainOfDeadLetters(result) ? ExitCode.FAILED : ExitCode.DONE;
        });
    }

    private boolean complainOfDeadLetters(IngestionResult result) {
        if (result.deadLetters() > 0) {
            parent.environment()
                    .complain(result.deadLetters() + " chunks could not be ingested; see 'geotherm dead-letters "
                            + folder + "'");
        }
        return result.deadLetters() > 0;
    }

    private int watch(Knowledge knowledge, CorpusOptions reading, Progress progress, Cancellation cancellation)
            throws InterruptedException {
        KnowledgeWatch.Listener listener =
                new WatchReport(parent.environment(), options.json(), progress, this::complainOfDeadLetters);
        KnowledgeWatch.run(knowledge, corpus, ingestion(), reading, listener, progress, cancellation);
        return ExitCode.DONE;
    }

    /** Returns the name of a source: the given one, else the absolute path, or the name of a corpus that is not a file. */
    static String name(String corpus, String given) {
        if (!given.isEmpty()) {
            return given;
        }
        Path path = Path.of(corpus);
        return Files.exists(path) ? path.toAbsolutePath().normalize().toString() : corpus;
    }

    private void print(Environment environment, IngestionPlan plan) {
        if (options.json()) {
            environment.out().println(Json.pretty(Json.MAPPER.valueToTree(plan)));
            return;
        }
        TextTable table = new TextTable(environment.styledOut(), "source", name(corpus, source));
        table.row("documents", documents(plan.added(), plan.changed(), plan.removed(), plan.unchanged()));
        table.row(
                "to embed",
                format("%,d texts, %,d characters, about %,d tokens", plan.texts(), plan.characters(), plan.tokens()));
        environment.out().print(table);
    }

    private void print(Environment environment, Corpus opened, IngestionResult result) {
        if (options.json()) {
            ObjectNode json = Json.MAPPER.valueToTree(result);
            opened.notes().forEach(json.putArray("notes")::add);
            environment.out().println(Json.pretty(json));
            return;
        }
        TextTable table = new TextTable(environment.styledOut(), "source", name(corpus, source));
        table.row("documents", documents(result.added(), result.changed(), result.removed(), result.unchanged()));
        table.row(
                "chunks",
                format(
                        "%,d in new and changed documents, %,d of them embedded",
                        result.fragments(), result.fragments() - result.reused()));
        table.row("time", Units.duration(result.took().toNanos() / 1e9));
        opened.notes().forEach(note -> table.row("note", note));
        environment.out().print(table);
        environment.out().println();
        environment.out().print(new StageTable(environment.styledOut(), Json.MAPPER.valueToTree(result.stages())));
    }

    static String documents(long added, long changed, long removed, long unchanged) {
        return format("%,d new, %,d changed, %,d removed, %,d unchanged", added, changed, removed, unchanged);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
