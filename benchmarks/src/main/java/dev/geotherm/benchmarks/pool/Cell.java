package dev.geotherm.benchmarks.pool;

import java.util.Map;

/**
 * A cell of the tables: one pool in one scenario.
 *
 * @param scene the name of the scenario in the results
 * @param benchmark the JMH benchmark, as {@code Class.method}
 * @param pool the name of the pool in {@link Rivals}
 * @param threads the number of threads that use it
 * @param parameters the other parameters of the benchmark
 */
record Cell(String scene, String benchmark, String pool, int threads, Map<String, String> parameters) {

    /** An acquire and its release, with the small fields set and nothing copied. */
    static Cell bare(String pool, int threads) {
        return once("bare", pool, threads, Concept.DIMENSION, 0);
    }

    /** The same with a copied vector. */
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

    /** Virtual threads that find an idle object. */
    static Cell virtual(String pool) {
        return new Cell("virtual", "VirtualThreadBenchmark.free", pool, 1, Map.of());
    }

    /** Virtual threads that have to wait. */
    static Cell starved(String pool) {
        return new Cell("starved", "VirtualThreadBenchmark.starved", pool, 1, Map.of());
    }
}
