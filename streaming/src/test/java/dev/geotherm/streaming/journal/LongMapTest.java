package dev.geotherm.streaming.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LongMapTest {

    @Test
    void operations_agreeWithAHashMap() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            LongMap map = new LongMap();
            Map<Long, Long> model = new HashMap<>();
            int keys = 1 + random.nextInt(200);
            for (int step = 0; step < 3_000; step++) {
                long key = 1 + random.nextInt(keys) * (random.nextBoolean() ? 1L : 16L);
                Long former = model.get(key);
                long expected = former == null ? LongMap.ABSENT : former;
                if (random.nextInt(3) == 0) {
                    assertThat(map.remove(key))
                            .as("seed %s, step %s", seed, step)
                            .isEqualTo(expected);
                    model.remove(key);
                } else {
                    assertThat(map.put(key, step))
                            .as("seed %s, step %s", seed, step)
                            .isEqualTo(expected);
                    model.put(key, (long) step);
                }
                assertThat(map.size()).isEqualTo(model.size());
                long other = 1 + random.nextInt(keys);
                assertThat(map.get(other)).isEqualTo(model.getOrDefault(other, LongMap.ABSENT));
            }
            Map<Long, Long> entries = new HashMap<>();
            map.forEach(entries::put);
            assertThat(entries).isEqualTo(model);
        }
    }
}
