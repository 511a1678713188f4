package dev.geotherm.anchors.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.RandomCases;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RelatedRowsTest {
    private static final int DIMENSION = 256;
    private static final double COSINE = 0.8;

    private final VectorRows rows = new VectorRows(DIMENSION);

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

    private int add(float[] vector) {
        return add(rows, vector);
    }

    private static int add(VectorRows rows, float[] vector) {
        int row = rows.stage(vector, rows.sketch(vector));
        rows.add(row);
        return row;
    }

    private static BitSet found(RelatedRows index, int row) {
        BitSet found = new BitSet();
        int count = index.find(row);
        Arrays.stream(index.found(), 0, count).forEach(found::set);
        return found;
    }

    @Test
    void find_nearVectorsWithHighProbability() {
        Random random = new Random(11);
        int pairs = 500;
        for (int bits : List.of(8, 11, 14, 16)) {
            VectorRows few = new VectorRows(DIMENSION);
            RelatedRows index = new RelatedRows(few, bits, COSINE);
            int missed = 0;
            for (int i = 0; i < pairs; i++) {
                float[] vector = random(random);
                index.add(add(few, vector));
                int near = add(few, near(vector, COSINE + 0.01, random));
                missed += found(index, near).get(near - 1) ? 0 : 1;
            }
            assertThat(missed).as("with %s bits", bits).isLessThanOrEqualTo(bits < 16 ? pairs / 20 : pairs / 10);
        }
    }

    @Test
    void find_ofRandomVectorsFindsFew() {
        Random random = new Random(12);
        RelatedRows index = new RelatedRows(rows, 8, COSINE);
        int found = 0;
        for (int i = 0; i < 500; i++) {
            int row = add(random(random));
            found += index.find(row);
            index.add(row);
        }
        assertThat(found).isZero();
    }

    @Test
    void find_isSymmetricAndEqualsRelated() {
        RandomCases.run(3, random -> {
            VectorRows few = new VectorRows(16);
            RelatedRows index = new RelatedRows(few, List.of(0, 8, 11).get(random.nextInt(3)), COSINE);
            for (int i = 0; i < 120; i++) {
                float[] vector = new float[16];
                for (int j = 0; j < 16; j++) {
                    vector[j] = (float) random.nextGaussian() + (j == i % 4 ? 4 : 0);
                }
                VectorMath.normalize(vector);
                int row = few.stage(vector, few.sketch(vector));
                few.add(row);
                index.add(row);
            }
            for (int row = 0; row < 120; row++) {
                BitSet found = found(index, row);
                assertThat(found.get(row)).isFalse();
                for (int other = 0; other < 120; other++) {
                    if (other != row) {
                        assertThat(found.get(other)).isEqualTo(index.related(row, other));
                        assertThat(found.get(other)).isEqualTo(index.related(other, row));
                    }
                }
            }
        });
    }

    @Test
    void remove_leavesNothingBehind() {
        Random random = new Random(3);
        RelatedRows index = new RelatedRows(rows, 11, COSINE);
        float[] vector = random(random);
        for (int i = 0; i < 20; i++) {
            index.add(add(near(vector, 0.999, random)));
        }
        int asking = add(vector);
        assertThat(found(index, asking).cardinality()).isEqualTo(20);
        for (int row = 0; row < 20; row += 2) {
            index.remove(row);
        }
        BitSet found = found(index, asking);
        assertThat(index.size()).isEqualTo(10);
        for (int row = 0; row < 20; row++) {
            assertThat(found.get(row)).isEqualTo(row % 2 == 1);
        }
        for (int row = 1; row < 20; row += 2) {
            index.remove(row);
        }
        assertThat(index.size()).isZero();
        assertThat(index.find(asking)).isZero();
    }

    @Test
    void bitsFor_growsWithTheNumberOfVectors() {
        assertThat(RelatedRows.bitsFor(256)).isZero();
        assertThat(RelatedRows.bitsFor(257)).isEqualTo(8);
        assertThat(RelatedRows.bitsFor(12_000)).isEqualTo(11);
        assertThat(RelatedRows.bitsFor(118_000)).isEqualTo(14);
        assertThat(RelatedRows.bitsFor(2_000_000)).isEqualTo(16);
        assertThat(RelatedRows.bitsFor(Integer.MAX_VALUE)).isEqualTo(16);
    }
}
