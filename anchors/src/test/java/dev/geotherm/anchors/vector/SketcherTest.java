package dev.geotherm.anchors.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SketcherTest {
    /** The lengths have an odd and an even number of steps in a rotation. */
    @ParameterizedTest
    @CsvSource({
        "8, -2049707792, 911614813",
        "256, 1406956848, 687839419",
        "300, 608417277, 1523371501",
        "1024, 984438063, 997167391"
    })
    void sketch_neverChanges(int dimension, int signs, int peaks) {
        Random random = new Random(dimension);
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }

        Sketch sketch = new Sketcher(dimension).sketch(vector);

        assertThat(Arrays.hashCode(sketch.signs())).isEqualTo(signs);
        assertThat(Arrays.hashCode(sketch.peaks())).isEqualTo(peaks);
    }
}
