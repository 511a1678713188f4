package dev.geotherm.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the command finds around it: the environment, where data and messages go, and whether people look at them.
 *
 * @param environment the environment variables
 * @param home the folder of the distribution
 * @param out takes data
 * @param err takes progress and messages
 * @param outIsTerminal whether people look at {@code out}
 * @param errIsTerminal whether people look at {@code err}
 */
record Surroundings(
        Map<String, String> environment,
        Path home,
        PrintWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal) {

    static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of(System.getProperty("geotherm.home", "")).toAbsolutePath(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("geotherm.terminal.out"),
                Boolean.getBoolean("geotherm.terminal.err"));
    }

    /** Returns the folder whose jars are discovered. */
    Path pluginFolder() {
        String chosen = environment.get("GEOTHERM_PLUGINS");
        return chosen == null || chosen.isEmpty() ? home.resolve("plugins") : Path.of(chosen);
    }

    /** Returns whether to look for plugins: one that was named must be there, the usual one need not. */
    boolean hasPluginFolder() {
        return !environment.getOrDefault("GEOTHERM_PLUGINS", "").isEmpty() || Files.isDirectory(pluginFolder());
    }

    /** Returns the folder of the user's own profiles; it need not exist. */
    Path profileFolder() {
        String chosen = environment.get("GEOTHERM_PROFILES");
        if (chosen != null && !chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String configuration = environment.get("XDG_CONFIG_HOME");
        Path base = configuration == null || configuration.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")), ".config")
                : Path.of(configuration);
        return base.resolve("geotherm").resolve("profiles");
    }

    /** Returns whether text for people on {@code out} may be styled; see no-color.org. */
    boolean styledOut() {
        return outIsTerminal && mayStyle();
    }

    /** Returns whether text for people on {@code err} may be styled. */
    boolean styledErr() {
        return errIsTerminal && mayStyle();
    }

    private boolean mayStyle() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Returns whether to look for profiles of the user: a folder that was named must be there, the usual one need not. */
    boolean hasProfileFolder() {
        return !environment.getOrDefault("GEOTHERM_PROFILES", "").isEmpty() || Files.isDirectory(profileFolder());
    }
}
