package dev.geotherm.cli.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberBlocksTest {
    private static void isEqual(NumberBlocks blocks, List<Integer> model, int bound, long seed) {
        int[] indices = blocks.indices(bound);
        for (int i = 0; i < model.size(); i++) {
            assertThat(indices[model.get(i)]).as("seed %d, index %d", seed, i).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 3000})
    void addAndRemove_areThoseOfAList(int size) {
        long seed = Long.getLong("geotherm.seed", System.nanoTime());
        Random random = new Random(seed);
        NumberBlocks blocks = new NumberBlocks(size);
        List<Integer> model = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            model.add(i);
        }
        int count = size;
        for (int step = 0; step < 6000; step++) {
            boolean grows = random.nextInt(4) > (step / 2000 == 1 ? 2 : 0); // grows, shrinks, grows
            if (grows || model.isEmpty()) {
                int index = random.nextInt(8) == 0 ? model.size() : random.nextInt(model.size() + 1);
                blocks.add(index, count);
                model.add(index, count++);
            } else {
                int index = random.nextInt(model.size());
                assertThat(blocks.remove(index))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(model.remove(index));
            }
            if (step % 500 == 0) {
                isEqual(blocks, model, count, seed);
            }
        }
        isEqual(blocks, model, count, seed);
    }

    @Test
    void addInOnePlace_splitsBlocks() {
        NumberBlocks blocks = new NumberBlocks(0);
        List<Integer> model = new ArrayList<>();
        for (int number = 0; number < 5000; number++) {
            blocks.add(0, number);
            model.add(0, number);
        }
        isEqual(blocks, model, 5000, 0);
    }

    @Test
    void remove_ofEverythingLeavesAnEmptyList() {
        NumberBlocks blocks = new NumberBlocks(3000);
        for (int number = 2999; number >= 0; number--) {
            assertThat(blocks.remove(number)).isEqualTo(number);
        }
        blocks.add(0, 7);
        assertThat(blocks.indices(8)[7]).isZero();
        assertThat(blocks.remove(0)).isEqualTo(7);
    }
}
