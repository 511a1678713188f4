package dev.geotherm.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the completion script for bash and zsh into the distribution, when that is built. */
public final class CompletionScript {
    private CompletionScript() {}

    /** Takes the path of the script. */
    public static void main(String[] arguments) throws IOException {
        Path script = Path.of(arguments[0]);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Environment none = new Environment(Map.of(), Path.of(""), nowhere, nowhere, false, false);
        Files.createDirectories(script.toAbsolutePath().getParent());
        Files.writeString(script, AutoComplete.bash("geotherm", new CommandLine(new GeothermCommand(none))));
    }
}
