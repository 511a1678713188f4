package dev.geotherm.benchmarks.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the pools and prints the goals and the results.
 *
 * <p>Each round covers all cells, with one fork each, so that a peer is measured close to ours and not an hour later.
 */
@Command(
        name = "pool-figures",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures our object pool beside its peers and prints the goals.")
public final class PoolFigures implements Callable<Integer> {
    private static final int LOOP_SECONDS = 6;

    /** The parts that can be measured separately. */
    enum Part {
        /** Acquire and release on platform threads. */
        THROUGHPUT,
        /** Objects of several sizes. */
        SIZES,
        /** Virtual threads; from JDK 21 on. */
        VIRTUAL,
        /** Tail latency in a small heap. */
        LATENCY,
        /** Leaks, stale releases, the order of waiters. */
        SAFETY
    }

    @Option(names = "--full", description = "Every pool with every number of threads, not only what the goals need.")
    private boolean full;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often everything is measured, each time in new JVMs; by default 1, with --full 3.")
    private int rounds;

    @Option(
            names = "--part",
            split = ",",
            paramLabel = "PART",
            description = "What is measured: ${COMPLETION-CANDIDATES}; by default all of it.")
    private Set<Part> parts = Set.of(Part.values());

    @Option(names = "--threads", split = ",", paramLabel = "N", description = "Only these numbers of threads.")
    private Set<Integer> threads = Set.copyOf(Plan.THREADS);

    @Option(names = "--pool", split = ",", paramLabel = "NAME", description = "Only these pools.")
    private Set<String> pools = Set.of();

    @Option(names = "--ours", defaultValue = "striped", description = "Our pool; by default ${DEFAULT-VALUE}.")
    private String ours = "striped";

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Where the figures are added, and read from for the tables; by default ${DEFAULT-VALUE}.",
            defaultValue = "pool-figures.tsv")
    private Path results = Path.of("pool-figures.tsv");

    @Option(names = "--print", description = "Measures nothing, prints what the file of results holds.")
    private boolean printOnly;

    private int failures;
    private long run;

    /** Starts it. */
    public static void main(String[] args) throws IOException {
        // JMH's lock is a file in the temporary folder, and would prevent two runs on one machine.
        System.setProperty(
                "java.io.tmpdir", Files.createTempDirectory("pool-figures").toString());
        System.exit(new CommandLine(new PoolFigures())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (!printOnly) {
            GeothermPool.factory(ours);
            Plan plan = new Plan(ours, full);
            for (int round = 0; round < (rounds > 0 ? rounds : full ? 3 : 1); round++) {
                run = System.currentTimeMillis();
                measure(plan);
            }
        }
        print();
        return failures == 0 ? 0 : 1;
    }

    private void measure(Plan plan) throws IOException {
        List<Cell> cells = new ArrayList<>();
        if (parts.contains(Part.THROUGHPUT)) {
            plan.throughput().stream()
                    .filter(cell -> threads.contains(cell.threads()))
                    .forEach(cells::add);
        }
        if (parts.contains(Part.SIZES)) {
            cells.addAll(plan.sizes());
        }
        if (parts.contains(Part.VIRTUAL) && Runtime.version().feature() >= 21) {
            cells.addAll(plan.virtualThreads());
        }
        for (Cell cell : cells) {
            if (isWanted(cell.pool())) {
                measure(cell.scene() + ", " + cell.pool() + ", " + cell.threads() + "T", () -> CellRun.measure(cell));
            }
        }
        if (parts.contains(Part.LATENCY)) {
            loops(plan);
        }
        if (parts.contains(Part.SAFETY)) {
            measure(
                    "safety",
                    () -> Child.run(
                            Safety.class,
                            List.of("-Xmx256m"),
                            List.of(ours, "commons-pool2", "stormpot-never", "hikari", "jetty")));
        }
    }

    private void loops(Plan plan) throws IOException {
        for (String collector : plan.collectors()) {
            for (int inFlight : plan.inFlight()) {
                for (String pool : plan.loopPools()) {
                    String scene = Plan.loop(collector, inFlight);
                    if (isWanted(pool)) {
                        measure(
                                scene + ", " + pool,
                                () -> Child.run(
                                        OpenLoop.class,
                                        List.of(
                                                "-Xms256m",
                                                "-Xmx256m",
                                                "-XX:+AlwaysPreTouch",
                                                "-XX:+Use" + collector + "GC"),
                                        List.of(scene, pool, String.valueOf(inFlight), String.valueOf(LOOP_SECONDS))));
                    }
                }
            }
        }
    }

    private boolean isWanted(String pool) {
        return pools.isEmpty() || pools.contains(pool);
    }

    private void measure(String what, Measurement measurement) throws IOException {
        try {
            List<Figure> figures =
                    measurement.run().stream().map(figure -> figure.in(run)).toList();
            Figures.append(results, figures);
            Figures median = new Figures(figures);
            StringBuilder line = new StringBuilder(what).append(':');
            figures.stream().map(Figure::measure).distinct().forEach(measure -> {
                Figure first = figures.stream()
                        .filter(figure -> figure.measure().equals(measure))
                        .findFirst()
                        .orElseThrow();
                double value = median.median(first.scene(), first.pool(), first.threads(), measure)
                        .orElseThrow();
                line.append(String.format(Locale.ROOT, "  %s %s", measure, Goal.number(value)));
            });
            System.err.println(line);
        } catch (IOException | RunnerException e) {
            failures++;
            System.err.println(what + ": FAILED: " + e.getMessage());
        }
    }

    private void print() throws IOException {
        List<Figure> all = Figures.read(results);
        all.stream().map(Figure::java).distinct().forEach(java -> {
            Figures figures = new Figures(
                    all.stream().filter(figure -> figure.java() == java).toList());
            System.out.println("JDK " + java + "\n");
            System.out.println(new Report(figures));
            System.out.println(new Goals(figures, ours).table());
        });
    }

    private interface Measurement {
        List<Figure> run() throws IOException, RunnerException;
    }
}
