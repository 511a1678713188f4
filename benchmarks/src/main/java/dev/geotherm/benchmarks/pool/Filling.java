package dev.geotherm.benchmarks.pool;

import java.util.function.Function;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The work of a borrower: sets the small fields, copies a vector if there is one, and passes the object to the black
 * hole.
 */
final class Filling implements Function<Concept, Concept> {
    private final float[] vector;
    private final Blackhole hole;

    /**
     * Creates a filling.
     *
     * @param vector the vector to copy; its length is at most the objects' dimension, 0 for a bare acquire and release
     */
    Filling(float[] vector, Blackhole hole) {
        this.vector = vector;
        this.hole = hole;
    }

    @Override
    public Concept apply(Concept concept) {
        concept.id = "a-1";
        concept.text = "basalt";
        concept.heat = 0.2;
        if (vector.length > 0) {
            System.arraycopy(vector, 0, concept.embedding, 0, vector.length);
        }
        hole.consume(concept);
        return concept;
    }
}
