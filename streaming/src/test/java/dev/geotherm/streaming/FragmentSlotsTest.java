package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class FragmentSlotsTest {
    private final FragmentSlots<String> slots = new FragmentSlots<>();

    @Test
    void take_returnsTheLowestSpareNumber() {
        RandomCases.run(20, random -> {
            FragmentSlots<String> some = new FragmentSlots<>();
            TreeMap<Integer, PendingFragment<String>> used = new TreeMap<>();
            TreeSet<Integer> spare = new TreeSet<>();
            for (int step = 0; step < 3_000; step++) {
                if (random.nextInt(100) < 75) {
                    Integer expected = spare.isEmpty() ? Integer.valueOf(used.size() + 1) : spare.pollFirst();
                    int number = TestFragments.take(some);
                    assertThat(number).isEqualTo(expected);
                    used.put(number, some.get(number));
                } else if (!used.isEmpty()) {
                    Integer number = used.ceilingKey(random.nextInt(used.lastKey()) + 1);
                    some.recycle(used.remove(number));
                    spare.add(number);
                }
            }
            used.forEach((number, fragment) -> {
                assertThat(fragment.number).isEqualTo(number);
                assertThat(some.get(number)).isSameAs(fragment);
            });
        });
    }

    @Test
    void recycle_ofABatchEqualsThatOfEachFragment() {
        RandomCases.run(50, random -> {
            FragmentSlots<String> some = new FragmentSlots<>();
            TreeSet<Integer> used = new TreeSet<>();
            TreeSet<Integer> spare = new TreeSet<>();
            for (int step = 0; step < 50; step++) {
                for (int i = random.nextInt(300); i > 0; i--) {
                    int expected = spare.isEmpty() ? used.size() + 1 : spare.pollFirst();
                    int number = TestFragments.pending(some, TestFragments.fragment("f", Priority.NORMAL), 1).number;
                    assertThat(number).isEqualTo(expected);
                    used.add(number);
                }
                int[] batch = used.stream()
                        .filter(number -> random.nextInt(10) > 0)
                        .limit(200)
                        .mapToInt(Integer::intValue)
                        .toArray();
                some.recycle(batch, batch.length);
                for (int number : batch) {
                    used.remove(number);
                    spare.add(number);
                    assertThat(some.block(number).fragments[FragmentBlock.index(number)])
                            .isNull();
                }
                for (int number : used) {
                    assertThat(some.get(number).fragment().id()).isEqualTo("f");
                }
            }
        });
    }

    @Test
    void copyFragments_copiesSuccessiveAndOtherOnes() {
        List<Fragment<String>> fragments = new ArrayList<>();
        fragments.add(TestFragments.fragment("none", Priority.NORMAL));
        for (int i = 1; i < 2_000; i++) {
            fragments.add(TestFragments.fragment("f" + i, Priority.NORMAL));
            TestFragments.pending(slots, fragments.get(i), 1);
        }
        RandomCases.run(100, random -> {
            int[] numbers = new int[200];
            for (int i = 0; i < numbers.length; i++) {
                boolean follows = i > 0 && random.nextInt(10) > 0 && numbers[i - 1] < 1_999;
                numbers[i] = follows ? numbers[i - 1] + 1 : 1 + random.nextInt(1_999);
            }
            @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
            Fragment<String>[] copies = (Fragment<String>[]) new Fragment<?>[numbers.length];
            slots.copyFragments(numbers, numbers.length, copies);
            for (int i = 0; i < numbers.length; i++) {
                assertThat(copies[i]).isSameAs(fragments.get(numbers[i]));
            }
        });
    }

    @Test
    void recycle_releasesTheFragmentsOfABurst() {
        int many = 100_000;
        List<PendingFragment<String>> used = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            used.add(slots.get(TestFragments.take(slots)));
        }
        for (int i = many - 1; i >= 0; i--) {
            slots.recycle(used.get(i));
        }
        int kept = 0;
        for (int i = 0; i < many; i++) {
            int number = TestFragments.take(slots);
            assertThat(number).isEqualTo(i + 1);
            kept += slots.get(number) == used.get(i) ? 1 : 0;
        }
        assertThat(kept).isBetween(1, 16_384 + FragmentBlock.SIZE);
    }
}
