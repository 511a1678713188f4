package dev.geotherm.benchmarks;

/** A pooled object as engines have them: a name and 1,536 numbers, 6 KiB. */
final class Concept {
    final float[] embedding = new float[1536];
    String id = "";
    double heat;

    void reset() {
        id = "";
        heat = 0;
    }
}
