package dev.geotherm.benchmarks.mainjob;

import dev.geotherm.engine.corpus.Corpus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The main job beside the plain loop, in turns, each in a process of its own. Prints the medians and their ratios.
 *
 * <p>Arguments: {@code cold} or {@code warm}, the number of rounds, and corpora. A cold process runs the job once, a warm one
 * eight times, of which the last five count.
 */
public final class MainJobFigures {
    private static final int WARM_RUNS = 8;
    private static final int UNCOUNTED = 3;
    private static final List<String> CONTENDERS = List.of("plain", "product");

    private MainJobFigures() {}

    /** Measures and prints a table. */
    public static void main(String... arguments) throws Exception {
        boolean warm = arguments[0].equals("warm");
        int rounds = Integer.parseInt(arguments[1]);
        System.out.println("| corpus | part | plain | product | ratio |");
        System.out.println("|---|---|---:|---:|---:|");
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            Path work = Files.createTempDirectory("main-job");
            Path corpus = work.resolve("corpus");
            PlainFiles.write(Corpus.open(name), corpus);
            Map<String, List<Measured>> measured = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (String contender : CONTENDERS) {
                    List<Measured> runs = run(contender, corpus, work.resolve("out"), warm ? WARM_RUNS : 1);
                    measured.computeIfAbsent(contender, key -> new ArrayList<>())
                            .addAll(warm ? runs.subList(UNCOUNTED, runs.size()) : runs);
                }
            }
            print(name, "ingest, s", measured, Measured::ingest);
            print(name, "ingest, processor s", measured, Measured::ingestCpu);
            print(name, "evaluation, s", measured, Measured::evaluation);
            print(name, "evaluation, processor s", measured, Measured::evaluationCpu);
            print(name, "heap after collections, MiB", measured, each -> each.heap() / 1048576.0);
        }
    }

    private static void print(
            String corpus, String part, Map<String, List<Measured>> measured, ToDoubleFunction<Measured> value) {
        double plain = median(measured.getOrDefault("plain", List.of()), value);
        double product = median(measured.getOrDefault("product", List.of()), value);
        System.out.printf(
                Locale.ROOT, "| %s | %s | %.2f | %.2f | %.2f |%n", corpus, part, plain, product, product / plain);
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> value) {
        double[] values = runs.stream().mapToDouble(value).sorted().toArray();
        return values[values.length / 2];
    }

    private static List<Measured> run(String contender, Path corpus, Path out, int runs)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + System.getProperty("geotherm.heap", "1g"),
                "-cp",
                System.getProperty("java.class.path"),
                MainJobRun.class.getName(),
                contender,
                corpus.toString(),
                out.toString(),
                String.valueOf(runs)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Measured> measured = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("measured")) {
                    measured.add(Measured.parse(line));
                } else {
                    System.err.println(contender + ": " + line);
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(contender + " failed");
        }
        return measured;
    }
}
