package dev.geotherm.benchmarks.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A child JVM that prints results. */
final class Child {
    private Child() {}

    /**
     * Runs a class and returns the results that it printed.
     *
     * @throws IOException if it fails; its error stream has been shown
     */
    static List<Figure> run(Class<?> main, List<String> flags, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dslf4j.internal.verbosity=ERROR"); // no provider is wanted
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Figure> figures = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.indexOf('\t') >= 0) {
                    figures.add(Figure.parse(line));
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(main.getSimpleName() + " " + arguments + " ended with status " + status);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return figures;
    }
}
