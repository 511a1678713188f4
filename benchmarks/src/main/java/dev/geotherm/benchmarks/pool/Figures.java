package dev.geotherm.benchmarks.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

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

    /** Returns the median of a measure, over every round and iteration; empty if it was not measured. */
    OptionalDouble median(String scene, String pool, int threads, String measure) {
        double[] values = values(scene, pool, threads, measure).sorted().toArray();
        int half = values.length / 2;
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2);
    }

    /** Returns the greatest value of a measure; empty if it was not measured. */
    OptionalDouble greatest(String scene, String pool, int threads, String measure) {
        return values(scene, pool, threads, measure).max();
    }

    private DoubleStream values(String scene, String pool, int threads, String measure) {
        return all.stream()
                .filter(figure -> figure.scene().equals(scene)
                        && figure.pool().equals(pool)
                        && figure.threads() == threads
                        && figure.measure().equals(measure))
                .mapToDouble(Figure::value);
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
