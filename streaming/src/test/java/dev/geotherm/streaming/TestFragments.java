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
        return pending(slots, fragment(id, priority), 1);
    }

    /** Takes a spare entry, and returns its number. */
    static int take(FragmentSlots<String> slots) {
        int[] number = new int[1];
        slots.take(number, 0, 1);
        return number[0];
    }

    /** Returns a pending fragment of 2 bytes. */
    static PendingFragment<String> pending(FragmentSlots<String> slots, Fragment<String> fragment, long cost) {
        int number = take(slots);
        FragmentBlock<String> block = slots.block(number);
        int index = FragmentBlock.index(number);
        block.fragments[index] = fragment;
        block.lanes[index] = (byte) Lanes.of(fragment.priority());
        block.costs[index] = cost;
        block.bytes[index] = 2;
        return slots.get(number);
    }

    /** Adds a pending fragment to a batch. */
    static void add(PendingFragment<String> fragment, RunningBatch<String> batch) {
        batch.numbers()[batch.size()] = fragment.number;
        batch.added(1, fragment.cost(), false);
    }
}
