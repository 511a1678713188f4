package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.FailureClassifier;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LanesTest {
    private final FragmentSlots<String> slots = new FragmentSlots<>();

    @Test
    void take_agreesWithOneListForEachPriority() {
        RandomCases.run(300, random -> {
            Lanes<String> lanes = new Lanes<>(slots);
            Map<Priority, List<PendingFragment<String>>> model = new EnumMap<>(Priority.class);
            for (Priority priority : Priority.values()) {
                model.put(priority, new ArrayList<>());
            }
            for (int step = 0; step < 200; step++) {
                PendingFragment<String> entry = entry("f" + step, Priority.ofLevel(1 + random.nextInt(5)));
                if (random.nextInt(10) == 0) {
                    entry.group = 1 + random.nextInt(2);
                    entry.mark();
                }
                switch (random.nextInt(4)) {
                    case 0, 1 -> {
                        lanes.add(entry);
                        model.get(priority(entry)).add(entry);
                    }
                    case 2 -> {
                        lanes.putBack(entry);
                        model.get(priority(entry)).add(0, entry);
                    }
                    default -> checkBatch(take(lanes, 1 + random.nextInt(6)), model);
                }
                assertThat(lanes.size())
                        .isEqualTo(model.values().stream().mapToInt(List::size).sum());
                int same = 0;
                for (int level = 5; level >= 1; level--) {
                    Priority priority = Priority.ofLevel(level);
                    same += model.get(priority).size();
                    assertThat(lanes.ahead(priority)).isEqualTo(Math.min(lanes.size(), same + same / 7));
                }
                assertThat(lanes.bytes()).isEqualTo(2L * lanes.size());
                assertThat(lanes.cost()).isEqualTo(lanes.size());
            }
            List<PendingFragment<String>> rest = new ArrayList<>();
            for (PendingFragment<String> one = lanes.first(); one != null; one = lanes.first()) {
                rest.add(one);
                lanes.removeFirst();
            }
            assertThat(rest)
                    .containsExactlyInAnyOrderElementsOf(
                            model.values().stream().flatMap(List::stream).toList());
            assertThat(lanes.size()).isZero();
        });
    }

    private static void checkBatch(
            List<PendingFragment<String>> batch, Map<Priority, List<PendingFragment<String>>> model) {
        for (int i = 0; i < batch.size(); i++) {
            PendingFragment<String> entry = batch.get(i);
            assertThat(model.get(priority(entry)).remove(0)).isSameAs(entry);
            assertThat(entry.group).isEqualTo(batch.get(0).group);
            assertThat(i == 0 || batch.get(i - 1).lane() >= entry.lane()).isTrue();
        }
    }

    /** With equal costs, the number that fits is computed; otherwise, costs are added up. */
    @Test
    void take_isBoundedByTheCost() {
        RandomCases.run(300, random -> {
            Lanes<String> lanes = new Lanes<>(slots);
            boolean equal = random.nextBoolean();
            int count = 1 + random.nextInt(30);
            for (int i = 0; i < count; i++) {
                Fragment<String> fragment = TestFragments.fragment("f" + i, Priority.ofLevel(1 + random.nextInt(5)));
                lanes.add(TestFragments.pending(slots, fragment, equal ? 3 : random.nextInt(5)));
            }
            while (lanes.size() > 0) {
                int max = 1 + random.nextInt(10);
                double maxCost = random.nextInt(30) + 0.5;
                int ready = lanes.ready();
                double costBefore = lanes.cost();
                List<PendingFragment<String>> batch = take(lanes, max, maxCost);
                double cost = batch.stream().mapToLong(PendingFragment::cost).sum();
                assertThat(lanes.cost()).isEqualTo(costBefore - cost);
                assertThat(lanes.ready()).isEqualTo(ready - batch.size());
                assertThat(batch.size() == 1 || cost <= maxCost).isTrue();
                if (equal) {
                    assertThat(batch).hasSize(Math.min(Math.min(max, ready), (int) Math.max(1, maxCost / 3)));
                }
            }
        });
    }

    @Test
    void take_everyLaneGetsItsShare() {
        RandomCases.run(50, random -> {
            Lanes<String> lanes = new Lanes<>(slots);
            for (int i = 0; i < 3; i++) {
                PendingFragment<String> first = entry("alone", Priority.LOWEST);
                first.group = i + 1;
                first.mark();
                lanes.add(first);
            }
            int lowest = 0;
            for (int taken = 0; lowest < 3; ) {
                for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.HIGHEST)) {
                    lanes.add(entry("other", priority));
                    lanes.add(entry("other", priority));
                }
                List<PendingFragment<String>> batch = take(lanes, 1 + random.nextInt(8));
                taken += batch.size();
                lowest += (int) batch.stream()
                        .filter(entry -> priority(entry) == Priority.LOWEST)
                        .count();
                assertThat(taken).as("taken with %s of the lowest", lowest).isLessThanOrEqualTo(40 * (lowest + 1));
            }
        });
    }

    private List<PendingFragment<String>> take(Lanes<String> lanes, int max) {
        return take(lanes, max, Double.POSITIVE_INFINITY);
    }

    private List<PendingFragment<String>> take(Lanes<String> lanes, int max, double maxCost) {
        RunningBatch<String> batch = new RunningBatch<>(slots, FailureClassifier.standard());
        batch.prepare(lanes.size());
        if (lanes.size() > 0) {
            lanes.take(batch, max, maxCost);
        }
        return IntStream.range(0, batch.size()).mapToObj(batch::get).toList();
    }

    private PendingFragment<String> entry(String id, Priority priority) {
        return TestFragments.pending(slots, id, priority);
    }

    private static Priority priority(PendingFragment<String> entry) {
        return Priority.ofLevel(entry.lane() + 1);
    }
}
