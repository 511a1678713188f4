package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.cli.terminal.ProgressLine;
import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.cli.terminal.Units;
import dev.geotherm.engine.IngestOptions;
import dev.geotherm.engine.IngestionPlan;
import dev.geotherm.engine.IngestionResult;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code ingest}: brings a folder of knowledge up to date with a source. */
@Command(
        name = "ingest",
        description = {
            "Bring a folder of knowledge up to date with a source: add new documents, replace changed ones, remove those"
                    + " that are gone.",
            "Only new chunks are embedded. If it ends early, the same command continues from the last commit."
        },
        footer = GeothermCommand.ENVIRONMENT)
final class IngestCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "A folder of .txt, .md and .html files, a folder of .jsonl files, a BEIR folder, a .jsonl file"
                            + " (each also .gz), wordnet or wordnet:all.")
    private String corpus;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            required = true,
            description = "The folder of knowledge; created if it does not exist.")
    private Path folder;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = "",
            description =
                    "The name of the source. Default: its path. A source that moved keeps its documents if it keeps"
                            + " its name.")
    private String source;

    @Option(names = "--dry-run", description = "Show what would be done and what it would cost, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--keep-missing",
            description = "Keep documents that are no longer in the source, instead of removing them.")
    private boolean keepMissing;

    @Option(
            names = "--rebuild",
            description =
                    "If settings of splitter, scrubber or embedder have changed, embed everything again, beside what is"
                            + " there. Without it, such an ingestion is refused.")
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
        Environment environment = parent.environment();
        Corpus opened = open(environment);
        IngestOptions how = new IngestOptions(name(corpus, source), keepMissing, rebuild);
        return options.with(parent, folder, true, (knowledge, progress, cancellation) -> {
            if (dryRun) {
                print(environment, knowledge.plan(opened, how, progress, cancellation));
                return ExitCode.DONE;
            }
            IngestionResult result = knowledge.ingest(opened, how, progress, cancellation);
            print(environment, opened, result);
            if (result.deadLetters() > 0) {
                environment.complain(result.deadLetters() + " chunks could not be ingested; see "
                        + folder.resolve("dead-letters.jsonl"));
                return ExitCode.FAILED;
            }
            return ExitCode.DONE;
        });
    }

    private Corpus open(Environment environment) {
        CorpusOptions how = CorpusOptions.defaults();
        AtomicLong read = new AtomicLong();
        try (ProgressLine progress = options.progress(environment)) {
            progress.begin(() -> new Progress.Step("check", "documents", read.get(), 0, 0, ""));
            return Corpus.open(corpus, skipUnreadable ? how.skippingUnreadable() : how, read::set);
        }
    }

    /** Returns the name of a source: the given one, otherwise the absolute path, or the name of a corpus that has none. */
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
        table.row("time", Units.duration(result.took().toNanos() / 1e9) + stages(result.stages()));
        opened.notes().forEach(note -> table.row("note", note));
        environment.out().print(table);
    }

    private static String documents(long added, long changed, long removed, long unchanged) {
        return format("%,d new, %,d changed, %,d removed, %,d unchanged", added, changed, removed, unchanged);
    }

    /** Returns the stages that took time; those of several threads overlap. */
    private static String stages(Map<String, Double> stages) {
        String text = stages.entrySet().stream()
                .filter(stage -> stage.getValue() >= 0.001)
                .map(stage -> stage.getKey() + " " + Units.duration(stage.getValue()))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : "; in all threads: " + text;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
