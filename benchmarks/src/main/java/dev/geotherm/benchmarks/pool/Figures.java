package dev.geotherm.benchmarks.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The values that were measured on one JDK. */
final class Figures {
    private final List<Figure> all;

    Figures(List<Figure> all) {
        this.all = List.copyOf(all);
    }

    /** Reads a file of figures; an absent one holds none. */
    static List<Figure> read(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Figure::parse).toList()
                : List.of();
    }

    /** Appends figures to a file. */
    static void append(Path file, List<Figure> figures) throws IOException {
        List<String> lines = figures.stream().map(Figure::line).toList();
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * What is measured of one pool in one scene.
     *
     * @param scene by its name
     * @param pool by its name
     * @param threads how many use it
     * @param measure by its name
     */
    record Key(String scene, String pool, int threads, String measure) {}

    /** Returns the median of a measure, over every round and iteration; empty if it was not measured. */
    OptionalDouble median(Key key) {
        return median(of(key).mapToDouble(Figure::value));
    }

    OptionalDouble median(String scene, String pool, int threads, String measure) {
        return median(new Key(scene, pool, threads, measure));
    }

    /** Returns how many times its median the greatest value of a measure is, in the worst round; empty if there is none. */
    OptionalDouble greatestToMedian(Key key) {
        return of(key).mapToDouble(
                        figure -> figure.value() / medianIn(figure.run(), key).orElseThrow())
                .max();
    }

    /**
     * Returns the ratio of two measures: the median over the rounds of the ratio of their medians in one round, so that a
     * machine that is slower in one round than in another does not matter. Empty if no round measured both.
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

    /** Returns the pools with figures for a scene, in the order in which they were first measured. */
    List<String> pools(String scene) {
        return all.stream()
                .filter(figure -> figure.scene().equals(scene))
                .map(Figure::pool)
                .distinct()
                .toList();
    }

    /** Returns the scenes whose names start so, in the order in which they were first measured. */
    List<String> scenes(String start) {
        return all.stream()
                .map(Figure::scene)
                .filter(scene -> scene.startsWith(start))
                .distinct()
                .toList();
    }
}
