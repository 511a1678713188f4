package dev.geotherm.benchmarks.diff;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures all contenders pair by pair, in turns in one JVM per pair, and the peers in Node right after.
 *
 * <p>Arguments: {@code diff}, {@code apply} or {@code bytes}, then pairs, or {@code known} or {@code held-out} for all
 * of a set. Exits with 1 if a result of Geotherm was wrong.
 */
public final class Interleaved {
    private static final int ROUNDS = 7;
    private static final List<String> KINDS = List.of("diff", "apply", "bytes");

    private Interleaved() {}

    /** Runs, prints a table per pair, and appends the results to the file {@code -Dgeotherm.figures=FILE}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2 || !KINDS.contains(args[0])) {
            System.err.println("usage: Interleaved " + String.join("|", KINDS) + " known|held-out|PAIR...");
            System.exit(2);
        }
        Duration limit = Duration.ofSeconds(args[0].equals("bytes") ? 120 : 20);
        Path figures = Path.of(System.getProperty("geotherm.figures", "benchmarks/target/diff-figures.tsv"));
        boolean wrong = false;
        for (String pair : pairs(args)) {
            PairReport report = new PairReport(pair, args[0]);
            report.measure(limit, ROUNDS);
            NodePeers.measure(pair, report, limit);
            if (args[0].equals("bytes")) {
                Programs.measure(pair, report);
            }
            report.print(System.out);
            report.append(figures);
            wrong |= report.hasWrong();
        }
        System.exit(wrong ? 1 : 0);
    }

    private static List<String> pairs(String[] args) throws IOException {
        List<String> pairs = new ArrayList<>();
        for (String name : List.of(args).subList(1, args.length)) {
            pairs.addAll(name.equals("known") || name.equals("held-out") ? StatePair.names(name) : List.of(name));
        }
        return pairs;
    }
}
