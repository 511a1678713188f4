package dev.geotherm.benchmarks.pool;

/**
 * A typical pooled object of engines: two small fields and a vector. Each peer pools a subclass with the fields that it
 * needs.
 */
class Concept {
    /** The vector of most measurements: 1,536 numbers, 6 KiB. */
    static final int DIMENSION = 1536;

    final float[] embedding;
    String id = "";
    String text = "";
    double heat;

    Concept(int dimension) {
        embedding = new float[dimension];
    }

    /** Called on every release in every pool; never touches the vector. */
    final void reset() {
        id = "";
        text = "";
        heat = 0;
    }
}
