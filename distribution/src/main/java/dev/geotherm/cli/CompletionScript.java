package dev.geotherm.cli;

import dev.geotherm.cli.terminal.DataWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;

/** The writer of the completion script for bash and zsh; the build of the distribution runs it. */
public final class CompletionScript {
    private CompletionScript() {}

    /** Writes the script to the path in the first argument. */
    public static void main(String[] arguments) throws IOException {
        Path script = Path.of(arguments[0]);
        DataWriter nowhere = new DataWriter(Writer.nullWriter());
        Environment none = new Environment(Map.of(), Path.of(""), nowhere, nowhere, false, false);
        Files.createDirectories(script.toAbsolutePath().getParent());
        Files.writeString(script, AutoComplete.bash("geotherm", new CommandLine(new GeothermCommand(none))));
    }
}
