package dev.geotherm.cli;

import java.util.Optional;

/**
 * A watch for plugins that call {@code System.exit}, which would end the command without a message and with the plugin's exit
 * code. The exit code is then 1, and the message names the plugin.
 */
final class PluginExit {
    /** The beginning of the name of a plugin's class loader; the rest is the name of its jar. */
    private static final String PLUGIN = "plugin ";

    private PluginExit() {}

    /** Registers a shutdown hook, to be called when plugins are loaded. */
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
                    Runtime.getRuntime().halt(ExitCode.FAILED); // at once: the thread that exits would not stop the run
                });
    }

    /** Returns the frame of a plugin that has called {@code System.exit}, if the thread is in that call. */
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
