package dev.geotherm.anchors.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.anchors.vector.HyperplaneIndex.Entry;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HyperplaneIndexTest {
    private static final int DIMENSION = 256;

    private static float[] random(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }

    /** Returns a vector of the given cosine to another. */
    private static float[] near(float[] vector, double cosine, Random random) {
        float[] other = random(random);
        float along = VectorMath.dot(vector, other);
        for (int i = 0; i < DIMENSION; i++) {
            other[i] -= along * vector[i];
        }
        VectorMath.normalize(other);
        for (int i = 0; i < DIMENSION; i++) {
            other[i] = (float) (cosine * vector[i] + Math.sqrt(1 - cosine * cosine) * other[i]);
        }
        return other;
    }

    private static boolean finds(HyperplaneIndex<Integer> index, float[] vector, int wanted) {
        boolean[] found = new boolean[1];
        index.candidates(vector, entry -> found[0] |= entry.of() == wanted);
        return found[0];
    }

    @Test
    void candidates_containNearVectorsWithHighProbability() {
        Random random = new Random(11);
        HyperplaneIndex<Integer> index = new HyperplaneIndex<>(DIMENSION);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            vectors.add(random(random));
            index.add(new Entry<>(i, vectors.get(i)));
        }
        int found = 0;
        for (int i = 0; i < vectors.size(); i++) {
            found += finds(index, near(vectors.get(i), 0.85, random), i) ? 1 : 0;
            assertThat(finds(index, vectors.get(i), i)).isTrue();
        }
        assertThat(found).isGreaterThanOrEqualTo(1_900);
    }

    @Test
    void remove_leavesNothingBehind() {
        RandomCases.run(3, random -> {
            HyperplaneIndex<Integer> index = new HyperplaneIndex<>(DIMENSION);
            List<Entry<Integer>> entries = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                Entry<Integer> entry = new Entry<>(i, random(random));
                index.add(entry);
                entries.add(entry);
            }
            for (int i = 0; i < 600; i++) {
                System.arraycopy(random(random), 0, entries.get(i).vector(), 0, DIMENSION);
                index.moved(entries.get(i));
                assertThat(finds(index, entries.get(i).vector(), i)).isTrue();
            }
            for (int i = 0; i < 300; i++) {
                index.remove(entries.get(i));
            }
            assertThat(index.size()).isEqualTo(300);
            for (int i = 0; i < 600; i++) {
                assertThat(finds(index, entries.get(i).vector(), i)).isEqualTo(i >= 300);
            }
            for (int i = 300; i < 600; i++) {
                index.remove(entries.get(i));
            }
            assertThat(index.size()).isZero();
            assertThat(index.buckets()).isZero();
        });
    }
}
