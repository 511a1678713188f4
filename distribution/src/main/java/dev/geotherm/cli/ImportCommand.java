package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code import}: adds the documents of an export to a knowledge folder. */
@Command(
        name = "import",
        description = {
            "Add the documents of an export to a knowledge folder; each replaces one of the same id and source.",
            "Embeddings are used if they were made with the same settings, and computed otherwise."
        },
        footer = GeothermCommand.ENVIRONMENT)
final class ImportCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Parameters(paramLabel = "FILE", description = "A file that 'geotherm export' wrote.")
    private Path file;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            required = true,
            description = "The knowledge folder; created if it does not exist.")
    private Path folder;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        Environment environment = parent.environment();
        try (InputStream in = Files.newInputStream(file)) {
            return options.with(parent, folder, true, (knowledge, progress, cancellation) -> {
                long documents = knowledge.importFrom(in, file.toString(), progress, cancellation);
                environment
                        .out()
                        .println(
                                options.json()
                                        ? Json.pretty(
                                                Json.MAPPER.createObjectNode().put("documents", documents))
                                        : String.format(
                                                Locale.ROOT,
                                                documents == 1 ? "imported %,d document" : "imported %,d documents",
                                                documents));
                return ExitCode.DONE;
            });
        } catch (IOException unreadable) {
            throw new GeothermException("cannot read " + file + ": " + FailureReason.of(unreadable), unreadable);
        }
    }
}
