package dev.geotherm.benchmarks.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The results measured on one JDK. */
final class Figures {
    private final List<Figure> all;

    Figures(List<Figure> all) {
        this.all = List.copyOf(all);
    }

    /** Reads a file of results; a missing file has none. */
    static List<Figure> read(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Figure::parse).toList()
                : List.of();
    }

    /** Appends results to a file. */
    static void append(Path file, List<Figure> figures) throws IOException {
        List<String> lines = figures.stream().map(Figure::line).toList();
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * The key of one measure of one pool in one scenario.
     *
     * @param scene the name of the scenario
     * @param pool the name of the pool
     * @param threads the number of threads
     * @param measure the name of the measure
     */
    record Key(String scene, String pool, int threads, String measure) {}

    /** Returns the median of a measure over all rounds and iterations; empty if it was not measured. */
    OptionalDouble median(Key key) {
        return median(of(key).mapToDouble(Figure::value));
    }

    OptionalDouble median(String scene, String pool, int threads, String measure) {
        return median(new Key(scene, pool, threads, measure));
    }

    /** Returns the maximum of a measure divided by its median, in the worst round; empty if there are no values. */
    OptionalDouble greatestToMedian(Key key) {
        return of(key).mapToDouble(
                        figure -> figure.value() / medianIn(figure.run(), key).orElseThrow())
                .max();
    }

    /**
     * Returns the ratio of two measures: the median over all rounds of the ratio of their medians in a round, so that
     * slower rounds do not matter. Empty if no round measured both.
     */
    OptionalDouble ratio(Key numerator, Key denominator) {
        return median(of(numerator)
                .map(Figure::run)
                .distinct()
                .map(run -> new OptionalDouble[] {medianIn(run, numerator), medianIn(run, denominator)})
                .filter(medians -> medians[1].isPresent())
                .mapToDouble(medians -> medians[0].getAsDouble() / Math.max(1e-3, medians[1].getAsDouble())));
    }

    private OptionalDouble medianIn(long run, Key key) {
        return median(of(key).filter(figure -> figure.run() == run).mapToDouble(Figure::value));
    }

    private static OptionalDouble median(DoubleStream unsorted) {
        double[] values = unsorted.sorted().toArray();
        int half = values.length / 2;
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2);
    }

    private Stream<Figure> of(Key key) {
        return all.stream()
                .filter(figure -> figure.scene().equals(key.scene)
                        && figure.pool().equals(key.pool)
                        && figure.threads() == key.threads
                        && figure.measure().equals(key.measure));
    }

    /** Returns the pools with results for a scenario, in the order of their first measurement. */
    List<String> pools(String scene) {
        return all.stream()
                .filter(figure -> figure.scene().equals(scene))
                .map(Figure::pool)
                .distinct()
                .toList();
    }

    /** Returns the scenarios with the given name prefix, in the order of their first measurement. */
    List<String> scenes(String start) {
        return all.stream()
                .map(Figure::scene)
                .filter(scene -> scene.startsWith(start))
                .distinct()
                .toList();
    }
}
