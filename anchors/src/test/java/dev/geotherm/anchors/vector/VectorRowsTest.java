package dev.geotherm.anchors.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.RandomCases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VectorRowsTest {

    @Test
    void find_likeAMap() {
        RandomCases.run(5, random -> {
            VectorRows rows = new VectorRows(3);
            Map<List<Float>, Integer> model = new HashMap<>();
            for (int step = 0; step < 3_000; step++) {
                float[] vector = {random.nextInt(8), random.nextInt(8), 1 + random.nextInt(8)};
                List<Float> key = List.of(vector[0], vector[1], vector[2]);
                Sketch sketch = rows.sketch(vector);
                assertThat(rows.find(vector, sketch)).isEqualTo(model.getOrDefault(key, -1));
                Integer row = model.remove(key);
                if (row != null) {
                    assertThat(rows.copy(row)).containsExactly(vector);
                    rows.remove(row);
                } else {
                    int staged = rows.stage(vector, sketch);
                    rows.add(staged);
                    model.put(key, staged);
                }
                assertThat(rows.size()).isEqualTo(model.size());
            }
            assertThat(rows.bound()).as("rows are used again").isLessThanOrEqualTo(8 * 8 * 8 + 1);
        });
    }

    @Test
    void find_allZerosAreNeverEqual() {
        VectorRows rows = new VectorRows(4);
        float[] zeros = new float[4];
        for (int i = 0; i < 3; i++) {
            rows.add(rows.stage(zeros, rows.sketch(zeros)));
        }
        assertThat(rows.find(zeros, rows.sketch(zeros))).isEqualTo(-1);
        assertThat(rows.size()).isEqualTo(3);
        rows.remove(1);
        assertThat(rows.size()).isEqualTo(2);
        assertThat(rows.isZero(0)).isTrue();
    }

    @Test
    void distance_growsWithTheAngle() {
        VectorRows rows = new VectorRows(2);
        for (int degrees : new int[] {0, 30, 60, 90, 180}) {
            float[] vector = {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
            rows.add(rows.stage(vector, rows.sketch(vector)));
        }
        assertThat(rows.distance(0, 0)).isZero();
        assertThat(rows.distance(0, 1)).isBetween(40, 130);
        assertThat(rows.distance(0, 2)).isBetween(110, 230);
        assertThat(rows.distance(0, 3)).isBetween(190, 320);
        assertThat(rows.distance(0, 4)).isGreaterThan(490);
    }
}
