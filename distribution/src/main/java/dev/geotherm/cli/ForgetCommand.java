package dev.geotherm.cli;

import dev.geotherm.cli.terminal.TerminalText;
import dev.geotherm.cli.terminal.Units;
import dev.geotherm.engine.ForgetResult;
import dev.geotherm.engine.Knowledge;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code forget}: removes every trace of a source or a document. */
@Command(
        name = "forget",
        description = {
            "Forget a source or a document: remove it from a knowledge folder, with the history in which it occurs.",
            "At the end, all files of the folder are searched for remains."
        },
        footer = GeothermCommand.ENVIRONMENT)
final class ForgetCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The knowledge folder.")
    private Path folder;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = "",
            description = "The source: its name, or the path from which it was ingested.")
    private String source;

    @Option(
            names = "--document",
            paramLabel = "ID",
            defaultValue = "",
            description = "Forget only this document. Without --source, only one source may have it.")
    private String document;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        if (source.isEmpty() && document.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--source or --document is missing");
        }
        Environment environment = parent.environment();
        return options.with(parent, folder, false, (knowledge, progress, cancellation) -> {
            String chosen = source(knowledge);
            ForgetResult result = document.isEmpty()
                    ? knowledge.forget(chosen, progress)
                    : knowledge.forget(chosen, document, progress);
            environment
                    .out()
                    .println(
                            options.json()
                                    ? Json.pretty(Json.MAPPER.valueToTree(result))
                                    : String.format(
                                            Locale.ROOT,
                                            "forgot %,d documents with %,d passages of %s; no remains found in %,d"
                                                    + " files (%s, searched for %,d texts)",
                                            result.documents(),
                                            result.passages(),
                                            TerminalText.safe(chosen),
                                            result.files(),
                                            Units.bytes(result.bytes()),
                                            result.probes()));
            return ExitCode.DONE;
        });
    }

    private String source(Knowledge knowledge) {
        if (!source.isEmpty()) {
            return knowledge.sources().contains(source) ? source : IngestCommand.name(source, "");
        }
        List<String> sources = knowledge.sourcesOf(document);
        if (sources.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    sources.isEmpty()
                            ? "no source has a document " + document
                            : "several sources have a document " + document + "; choose one with --source: "
                                    + String.join(", ", sources));
        }
        return sources.get(0);
    }
}
