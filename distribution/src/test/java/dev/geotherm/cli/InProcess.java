package dev.geotherm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.geotherm.cli.terminal.DataWriter;
import dev.geotherm.cli.terminal.SafeOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The command within this process, wired as {@link Main} does it but with streams in memory. What only a process of its own
 * shows (its exit code, pipes, signals, encodings, the launcher) is tested with {@link Distribution}.
 */
final class InProcess {
    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private boolean terminal;
    private String stdin = "";

    /** Uses a folder as home of the command, for its plugins. */
    InProcess(Path home) {
        this.home = home;
        environment.put("XDG_CONFIG_HOME", home.resolve("no-configuration").toString());
    }

    InProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Sets what commands read from stdin. */
    InProcess withStdin(String text) {
        stdin = text;
        return this;
    }

    /** Makes stdout and stderr a terminal. */
    InProcess onTerminal() {
        terminal = true;
        return this;
    }

    Ended run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Ended ended = run(out, arguments);
        return new Ended(ended.code(), out.toString(UTF_8), ended.err());
    }

    /** Runs a command that writes its data to a stream. */
    Ended run(OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintWriter safe = new PrintWriter(new SafeOutput(err), true, UTF_8);
        int code = GeothermCommand.execute(
                new Environment(
                        environment,
                        home,
                        new ByteArrayInputStream(stdin.getBytes(UTF_8)),
                        new DataWriter(out),
                        safe,
                        terminal,
                        terminal),
                arguments);
        return new Ended(code, "", err.toString(UTF_8));
    }
}
