package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.Priority;
import dev.geotherm.testkit.RandomCases;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

final class DelayedFragmentsTest {
    private final FragmentSlots<String> slots = new FragmentSlots<>();

    @Test
    void remove_agreesWithAPriorityQueue() {
        RandomCases.run(200, random -> {
            DelayedFragments<String> delayed = new DelayedFragments<>();
            PriorityQueue<PendingFragment<String>> model =
                    new PriorityQueue<>(Comparator.comparing((PendingFragment<String> one) -> one.dueNanos));
            for (int step = 0; step < 300; step++) {
                if (random.nextInt(5) < 3) {
                    PendingFragment<String> fragment = fragment("f" + step, step + random.nextInt(1_000));
                    delayed.add(fragment);
                    model.add(fragment);
                } else if (model.isEmpty()) {
                    assertThat(delayed.remove()).isNull();
                } else {
                    long due = requireNonNull(model.poll()).dueNanos;
                    assertThat(delayed.nanosUntilDue(7)).isEqualTo(due - 7);
                    assertThat(requireNonNull(delayed.remove()).dueNanos).isEqualTo(due);
                }
            }
            int left = 0;
            while (delayed.remove() != null) {
                left++;
            }
            assertThat(left).isEqualTo(model.size());
            assertThat(delayed.nanosUntilDue(7)).isEqualTo(Long.MAX_VALUE);
        });
    }

    private PendingFragment<String> fragment(String id, long due) {
        PendingFragment<String> fragment = TestFragments.pending(slots, id, Priority.NORMAL);
        fragment.dueNanos = due;
        return fragment;
    }
}
