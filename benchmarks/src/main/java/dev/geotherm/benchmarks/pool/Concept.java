package dev.geotherm.benchmarks.pool;

/** A pooled object as engines have them: two small fields and a vector. Each peer pools a subclass with what it needs. */
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

    /** Called on every release, in every pool; the vector is left as it is, in every pool. */
    final void reset() {
        id = "";
        text = "";
        heat = 0;
    }
}
