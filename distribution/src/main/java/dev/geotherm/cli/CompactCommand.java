package dev.geotherm.cli;

import dev.geotherm.cli.terminal.Units;
import dev.geotherm.engine.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code compact}: deletes the history in a knowledge folder. */
@Command(
        name = "compact",
        description =
                "Delete what the files of a knowledge folder still contain of the past: removed passages, replaced"
                        + " entries of the ledger, and all deltas before the state as it is.",
        footer = GeothermCommand.ENVIRONMENT)
final class CompactCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Parameters(paramLabel = "FOLDER", description = "The knowledge folder.")
    private Path folder;

    @Mixin
    private KnowledgeOptions options;

    @Override
    public Integer call() throws Exception {
        Environment environment = parent.environment();
        return options.with(parent, folder, false, (knowledge, progress, cancellation) -> {
            long before = size();
            progress.begin(() -> new Progress.Step("compact", "", 0, 0, 0, ""));
            knowledge.compact();
            long after = size();
            environment
                    .out()
                    .println(
                            options.json()
                                    ? Json.pretty(Json.MAPPER
                                            .createObjectNode()
                                            .put("bytesBefore", before)
                                            .put("bytes", after))
                                    : Units.bytes(before) + " before, " + Units.bytes(after) + " now");
            return ExitCode.DONE;
        });
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long size = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }
}
