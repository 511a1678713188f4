package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.cli.state.SeparateFiles;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code export}: writes the documents of a knowledge folder as JSON Lines. */
@Command(
        name = "export",
        description = "Write all documents of a knowledge folder with their chunks and embeddings as JSON Lines.",
        footer = GeothermCommand.ENVIRONMENT)
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The knowledge folder.")
    private Path folder;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "The file; replaced as a whole, or not at all.")
    private Path file;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        new SeparateFiles(spec.commandLine()).folder("FOLDER", folder).result("--to", file);
        Environment environment = parent.environment();
        return options.with(parent, folder, false, (knowledge, progress, cancellation) -> {
            long documents;
            try (AtomicFile written = AtomicFile.open(file)) {
                documents = knowledge.exportTo(written.out(), progress, cancellation);
                written.commit();
            } catch (GeothermException failed) {
                if (failed.getCause() instanceof IOException cause) {
                    throw new GeothermException("cannot export to " + file + ": " + FailureReason.of(cause), failed);
                }
                throw failed;
            }
            environment
                    .out()
                    .println(
                            options.json()
                                    ? Json.pretty(Json.MAPPER.createObjectNode().put("documents", documents))
                                    : String.format(Locale.ROOT, "exported %,d documents", documents));
            return ExitCode.DONE;
        });
    }
}
