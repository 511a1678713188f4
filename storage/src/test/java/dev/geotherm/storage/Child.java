package dev.geotherm.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that runs a main class of the tests and is killed when closed; its output, errors included, is read line by line. */
public final class Child implements AutoCloseable {
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final BufferedReader lines;

    private Child(Process process) {
        this.process = process;
        this.lines = process.inputReader();
    }

    public static Child start(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    public long pid() {
        return process.pid();
    }

    /** Returns the next line of output, or null at the end. */
    public String line() throws IOException {
        return lines.readLine();
    }

    /** Kills it like {@code kill -9}, and returns the lines not yet read. */
    public List<String> kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // Process.destroyForcibly also closes the streams
        List<String> rest = lines.lines().toList();
        if (process.waitFor() != KILLED) {
            throw new IllegalStateException("it ended by itself with " + process.exitValue());
        }
        return rest;
    }

    /** Waits until it ends and returns the exit code. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }
}
