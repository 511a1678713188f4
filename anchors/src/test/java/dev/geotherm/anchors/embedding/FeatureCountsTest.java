package dev.geotherm.anchors.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.RandomCases;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureCountsTest {
    private static void checkCounts(Random random) {
        FeatureCounts counts = new FeatureCounts();
        Map<Integer, Double> expected = new LinkedHashMap<>();
        int different = 1 + random.nextInt(500);
        for (int i = 0; i < 1_000; i++) {
            int hash = random.nextInt(different) << random.nextInt(24);
            double weight = random.nextDouble();
            counts.add(hash, weight);
            expected.merge(hash, weight, Double::sum);
        }

        assertThat(counts.size()).isEqualTo(expected.size());
        int feature = 0;
        for (Map.Entry<Integer, Double> each : expected.entrySet()) {
            assertThat(counts.hash(feature)).isEqualTo(each.getKey());
            assertThat(counts.weight(feature++)).isEqualTo(Math.log1p(each.getValue()));
        }
    }

    @Test
    void add_sumsByHashInOrderOfFirstOccurrence() {
        RandomCases.run(50, FeatureCountsTest::checkCounts);
    }
}
