package dev.geotherm.cli;

import dev.geotherm.cli.terminal.DataWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.AutoComplete;

/** The generator of the completion script for bash and zsh, which the distribution's build runs. */
public final class CompletionScript {
    private CompletionScript() {}

    /** Writes the script to the path in the first argument. */
    public static void main(String[] arguments) throws IOException {
        Path script = Path.of(arguments[0]);
        DataWriter nowhere = new DataWriter(OutputStream.nullOutputStream());
        Environment none =
                new Environment(Map.of(), Path.of(""), InputStream.nullInputStream(), nowhere, nowhere, false, false);
        Files.createDirectories(script.toAbsolutePath().getParent());
        Files.writeString(
                script, AutoComplete.bash("geotherm", GeothermCommand.withSubcommands(new GeothermCommand(none))));
    }
}
