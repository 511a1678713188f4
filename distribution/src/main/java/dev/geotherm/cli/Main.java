package dev.geotherm.cli;

import dev.geotherm.cli.terminal.SafeOutput;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The main class, which the launcher {@code bin/geotherm} starts. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.setErr(new PrintStream(new SafeOutput(System.err), true, StandardCharsets.UTF_8));
        LogManager.getLogManager().reset(); // Lucene logs by java.util.logging; all of it goes to logback
        SLF4JBridgeHandler.install();
        System.exit(GeothermCommand.execute(Environment.ofProcess(), arguments));
    }
}
