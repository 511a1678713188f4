package dev.geotherm.anchors.retrieval;

import java.util.Random;

/** Random vectors around random centres, like embeddings of texts about a number of subjects. */
final class ClusteredVectors {
    private final Random random;
    private final float[][] centres;

    ClusteredVectors(long seed, int dimension, int clusters) {
        random = new Random(seed);
        centres = new float[clusters][];
        for (int i = 0; i < clusters; i++) {
            centres[i] = around(new float[dimension], 1);
        }
    }

    /** Returns the next vector. */
    float[] next() {
        return around(centres[random.nextInt(centres.length)], 0.5f);
    }

    private float[] around(float[] centre, float spread) {
        float[] vector = new float[centre.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = centre[i] + spread * (float) random.nextGaussian();
        }
        return vector;
    }
}
