package dev.geotherm.anchors.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowListsTest {
    private static List<Integer> rows(RowLists lists, int list) {
        List<Integer> rows = new ArrayList<>();
        for (int block = lists.first(list); block != 0; block = lists.next(block)) {
            int[] slab = lists.slab(block);
            assertThat(lists.count(block)).isPositive();
            for (int i = 0; i < lists.count(block); i++) {
                rows.add(slab[lists.rows(block) + i]);
            }
        }
        return rows;
    }

    @Test
    void addAndRemove_keepEachListAsASetOfRows() {
        RandomCases.run(20, random -> {
            RowLists lists = new RowLists(4);
            List<List<Integer>> expected =
                    List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int step = 0; step < 4_000; step++) {
                int list = random.nextInt(4);
                List<Integer> rows = expected.get(list);
                boolean shrinks = step / 500 % 3 == 2;
                if (!rows.isEmpty() && random.nextInt(10) < (shrinks ? 8 : 2)) {
                    int row = rows.remove(random.nextInt(rows.size()));
                    lists.remove(list, row);
                } else {
                    lists.add(list, step);
                    rows.add(step);
                }
            }
            for (int list = 0; list < 4; list++) {
                assertThat(rows(lists, list)).containsExactlyInAnyOrderElementsOf(expected.get(list));
            }
        });
    }

    @Test
    void remove_freesBlocksForOtherLists() {
        RowLists lists = new RowLists(1_000);
        lists.add(0, 1);
        int block = lists.first(0);
        lists.remove(0, 1);
        assertThat(lists.first(0)).isZero();
        lists.add(1, 2);
        assertThat(lists.first(1)).isEqualTo(block);
        assertThat(rows(lists, 1)).containsExactly(2);
    }

    @Test
    void add_manyRowsFillsManySlabs() {
        RowLists lists = new RowLists(3_000);
        for (int row = 0; row < 60_000; row++) {
            lists.add(row % 3_000, row);
            lists.add(0, 100_000 + row);
        }
        assertThat(rows(lists, 0)).hasSize(60_020).doesNotHaveDuplicates();
        assertThat(rows(lists, 2_999)).hasSize(20).doesNotHaveDuplicates();
    }
}
