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
        connectLogs();
        System.exit(GeothermCommand.execute(Environment.ofProcess(), arguments));
    }

    /** Makes all log output safe for the terminal, and routes {@code java.util.logging}, which Lucene uses, to Logback. */
    static void connectLogs() {
        System.setErr(new PrintStream(new SafeOutput(System.err), true, StandardCharsets.UTF_8));
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
    }
}
