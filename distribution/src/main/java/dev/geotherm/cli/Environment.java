package dev.geotherm.cli;

import dev.geotherm.cli.terminal.DataWriter;
import dev.geotherm.cli.terminal.TerminalText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The environment of the command: variables, folders, streams, and whether the streams are terminals.
 *
 * @param variables the environment variables
 * @param home the installation folder of the distribution
 * @param in stdin
 * @param out the stream for data
 * @param err the stream for progress and messages
 * @param outIsTerminal whether {@code out} is a terminal
 * @param errIsTerminal whether {@code err} is a terminal
 */
record Environment(
        Map<String, String> variables,
        Path home,
        InputStream in,
        DataWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal) {

    static Environment ofProcess() {
        return new Environment(
                System.getenv(),
                Path.of(System.getProperty("geotherm.home", "")).toAbsolutePath(),
                System.in,
                // Not System.out, which swallows write failures.
                new DataWriter(new FileOutputStream(FileDescriptor.out)),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("geotherm.terminal.out"),
                Boolean.getBoolean("geotherm.terminal.err"));
    }

    /** Returns the width of the terminal: as detected by the launcher, else from the variable {@code COLUMNS}, else 80. */
    int columns() {
        String found = System.getProperty("geotherm.columns", variables.getOrDefault("COLUMNS", ""));
        return found.matches("[1-9]\\d{0,3}") ? Integer.parseInt(found) : 80;
    }

    /** Prints a message for the user on {@code err}, with line breaks and control characters escaped. */
    void complain(String message) {
        err.println("geotherm: " + TerminalText.safe(message));
    }

    /** Prints a line that belongs to the previous message, escaped in the same way as by {@link #complain}. */
    void detail(String message) {
        err.println("  " + TerminalText.safe(message));
    }

    /** Returns the plugin folder. */
    Path pluginFolder() {
        String chosen = variables.get("GEOTHERM_PLUGINS");
        return chosen == null || chosen.isEmpty() ? home.resolve("plugins") : Path.of(chosen);
    }

    /** Returns whether to discover plugins. A folder set by a variable must exist; the default folder is optional. */
    boolean hasPluginFolder() {
        return !variables.getOrDefault("GEOTHERM_PLUGINS", "").isEmpty() || Files.isDirectory(pluginFolder());
    }

    /** Returns the folder of the user's profiles; it may not exist. */
    Path profileFolder() {
        String chosen = variables.get("GEOTHERM_PROFILES");
        if (chosen != null && !chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String configuration = variables.get("XDG_CONFIG_HOME");
        Path base = configuration == null || configuration.isEmpty()
                ? Path.of(variables.getOrDefault("HOME", System.getProperty("user.home", ".")), ".config")
                : Path.of(configuration);
        return base.resolve("geotherm").resolve("profiles");
    }

    /** Returns whether text on {@code out} may be styled; see no-color.org. */
    boolean styledOut() {
        return outIsTerminal && mayStyle();
    }

    /** Returns whether text on {@code err} may be styled. */
    boolean styledErr() {
        return errIsTerminal && mayStyle();
    }

    private boolean mayStyle() {
        return variables.getOrDefault("NO_COLOR", "").isEmpty()
                && !variables.getOrDefault("TERM", "").equals("dumb");
    }

    /**
     * Returns whether to read the user's profiles. A folder set by a variable must exist; the default folder is optional.
     */
    boolean hasProfileFolder() {
        return !variables.getOrDefault("GEOTHERM_PROFILES", "").isEmpty() || Files.isDirectory(profileFolder());
    }
}
