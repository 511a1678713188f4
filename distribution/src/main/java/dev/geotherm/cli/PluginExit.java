package dev.geotherm.cli;

import java.util.Optional;

/**
 * A detector of plugins that call {@code System.exit}, which would end the command silently with the plugin's exit code.
 * Instead, the exit code is 1, and a message names the plugin.
 */
final class PluginExit {
    /** The prefix of the names of plugin class loaders; the name of the jar follows. */
    private static final String PLUGIN = "plugin ";

    private PluginExit() {}

    /** Registers the shutdown hook; called once plugins are loaded. */
    static void watch(Environment environment) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(environment), "geotherm-plugin-exit"));
    }

    private static void end(Environment environment) {
        Thread.getAllStackTraces().values().stream()
                .flatMap(stack -> caller(stack).stream())
                .findFirst()
                .ifPresent(caller -> {
                    environment
                            .err()
                            .println("geotherm: the " + caller.getClassLoaderName() + " ended the command: "
                                    + caller.getClassName() + "." + caller.getMethodName()
                                    + " called System.exit; remove or replace the plugin");
                    environment.err().flush();
                    Runtime.getRuntime().halt(ExitCode.FAILED); // immediately: the exiting thread does not stop the run
                });
    }

    /** Returns the frame of the plugin that called {@code System.exit}, if the thread is in that call. */
    private static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
        boolean exits = false;
        for (StackTraceElement frame : stack) {
            if (exits && String.valueOf(frame.getClassLoaderName()).startsWith(PLUGIN)) {
                return Optional.of(frame);
            }
            exits |= frame.getClassName().equals(Runtime.class.getName())
                    && frame.getMethodName().equals("exit");
        }
        return Optional.empty();
    }
}
