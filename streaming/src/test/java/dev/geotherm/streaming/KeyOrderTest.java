package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.RandomCases;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyOrderTest {
    private final FragmentSlots<String> slots = new FragmentSlots<>();
    private final KeyOrder<String> order = new KeyOrder<>();

    @Test
    void turns_followEachOtherInEachKey() throws Exception {
        RandomCases.run(3, this::beginAndEnd);
    }

    private PendingFragment<String> newFragment() {
        int[] number = new int[1];
        assertThat(slots.take(number, 0, 1)).isEqualTo(1);
        return slots.get(number[0]);
    }

    /** Compares it with a queue for each key; the table grows, and keys share buckets. */
    private void beginAndEnd(Random random) {
        Map<String, Deque<PendingFragment<String>>> expected = new HashMap<>();
        List<PendingFragment<String>> begun = new ArrayList<>();
        for (int step = 0; step < 4_000; step++) {
            boolean grows = step < 2_000 ? random.nextInt(3) > 0 : random.nextInt(3) == 0;
            if (grows) {
                String key = "key" + random.nextInt(500);
                PendingFragment<String> arrived = newFragment();
                arrived.turn = new Turn<>(key);
                Deque<PendingFragment<String>> ofKey = expected.computeIfAbsent(key, each -> new ArrayDeque<>());
                assertThat(order.begin(arrived.turn, arrived)).isEqualTo(ofKey.isEmpty());
                if (ofKey.isEmpty()) {
                    begun.add(arrived);
                    assertThat(order.begin(arrived.turn, arrived))
                            .as("called again")
                            .isTrue();
                }
                ofKey.add(arrived);
            } else if (!begun.isEmpty()) {
                PendingFragment<String> ended = begun.remove(random.nextInt(begun.size()));
                Deque<PendingFragment<String>> ofKey = expected.get(ended.turn.key);
                assertThat(ofKey.removeFirst()).isSameAs(ended);
                PendingFragment<String> next = order.end(ended.turn);
                assertThat(next).isSameAs(ofKey.peekFirst());
                if (next != null) {
                    begun.add(next);
                }
            }
            int pending = expected.values().stream().mapToInt(Deque::size).sum();
            assertThat(order.held()).isEqualTo(pending - begun.size());
        }
        while (!begun.isEmpty()) {
            PendingFragment<String> ended = begun.remove(0);
            expected.get(ended.turn.key).removeFirst();
            PendingFragment<String> next = order.end(ended.turn);
            if (next != null) {
                begun.add(next);
            }
        }
        assertThat(expected.values()).allMatch(Deque::isEmpty);
        assertThat(order.held()).isZero();
    }
}
