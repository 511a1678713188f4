package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.time.Instant;
import java.util.Map;

/** Fragments for tests. */
final class TestFragments {
    private TestFragments() {}

    static Fragment<String> fragment(String id, Priority priority) {
        return new Fragment<>(id, id, priority, Instant.EPOCH, Map.of());
    }

    /** Returns a pending fragment of cost 1 and 2 bytes. */
    static PendingFragment<String> pending(FragmentSlots<String> slots, String id, Priority priority) {
        PendingFragment<String> pending = slots.get(slots.take());
        pending.setFragment(fragment(id, priority));
        pending.lane = Lanes.of(priority);
        pending.cost = 1;
        pending.bytes = 2;
        return pending;
    }
}
