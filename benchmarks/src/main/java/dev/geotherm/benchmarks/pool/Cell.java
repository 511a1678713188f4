package dev.geotherm.benchmarks.pool;

import java.util.Map;

/**
 * One pool in one scene: a row's field in a table.
 *
 * @param scene the name of the scene in the figures
 * @param benchmark the JMH benchmark, as {@code Class.method}
 * @param pool by its name in {@link Rivals}
 * @param threads how many use it
 * @param parameters of the benchmark, beside the pool
 */
record Cell(String scene, String benchmark, String pool, int threads, Map<String, String> parameters) {

    /** A claim and its release, with the small fields set and nothing copied. */
    static Cell bare(String pool, int threads) {
        return once("bare", pool, threads, Concept.DIMENSION, 0);
    }

    /** The same with a vector that is copied. */
    static Cell copy(String pool, int threads) {
        return once("copy", pool, threads, Concept.DIMENSION, Concept.DIMENSION);
    }

    /** The same with objects of another size. */
    static Cell size(String pool, int dimension) {
        return once("size " + dimension, pool, 1, dimension, dimension);
    }

    private static Cell once(String scene, String pool, int threads, int dimension, int copied) {
        return new Cell(
                scene,
                "PoolBenchmark.once",
                pool,
                threads,
                Map.of("dimension", String.valueOf(dimension), "copied", String.valueOf(copied)));
    }

    /** Virtual threads that find an object idle. */
    static Cell virtual(String pool) {
        return new Cell("virtual", "VirtualThreadBenchmark.free", pool, 1, Map.of());
    }

    /** Virtual threads that have to wait. */
    static Cell starved(String pool) {
        return new Cell("starved", "VirtualThreadBenchmark.starved", pool, 1, Map.of());
    }
}
