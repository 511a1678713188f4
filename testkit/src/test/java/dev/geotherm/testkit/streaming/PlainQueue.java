package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A queue for each priority; every tenth fragment that is taken is the oldest. Guarded by its pipeline. */
final class PlainQueue<T> {
    private static final int SHARE_OF_THE_OLDEST = 10;

    private final Map<Priority, Deque<Item<T>>> queues = new EnumMap<>(Priority.class);
    private int size;
    private long taken;

    /** A fragment in the pipeline. */
    static final class Item<T> {
        final Fragment<T> fragment;
        final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Priority priority;
        long queuedAt;

        @Nullable
        Outcome decided;

        int attempts;
        int failures;

        /** The half of a failed batch that it belongs to, which becomes a separate batch; 0 for none. */
        int half;

        Item(Fragment<T> fragment) {
            this.fragment = fragment;
            this.priority = fragment.priority();
        }
    }

    PlainQueue() {
        for (Priority priority : Priority.values()) {
            queues.put(priority, new ArrayDeque<>());
        }
    }

    int size() {
        return size;
    }

    void addLast(Item<T> item) {
        item.queuedAt = System.nanoTime();
        queues.get(item.priority).addLast(item);
        size++;
    }

    void addFirst(Item<T> item) {
        item.queuedAt = System.nanoTime();
        queues.get(item.priority).addFirst(item);
        size++;
    }

    /** Takes the next batch, higher priorities first; it is empty if there is no fragment. */
    List<Item<T>> take(int most) {
        List<Item<T>> batch = new ArrayList<>();
        while (size > batch.size() && batch.size() < most) {
            Deque<Item<T>> queue = next();
            int half = queue.getFirst().half;
            if (half != 0) {
                if (batch.isEmpty()) {
                    takeHalf(half, batch);
                }
                break;
            }
            batch.add(queue.removeFirst());
            taken++;
        }
        batch.forEach(item -> item.attempts++);
        size -= batch.size();
        batch.sort(Comparator.comparing((Item<T> item) -> item.priority).reversed());
        return batch;
    }

    private void takeHalf(int half, List<Item<T>> batch) {
        for (Deque<Item<T>> queue : queues.values()) {
            queue.stream().filter(item -> item.half == half).forEach(batch::add);
            queue.removeIf(item -> item.half == half);
        }
    }

    void clear() {
        queues.values().forEach(Deque::clear);
        size = 0;
    }

    private Deque<Item<T>> next() {
        Comparator<Item<T>> urgent =
                Comparator.comparing((Item<T> item) -> item.priority).reversed();
        Comparator<Item<T>> old = Comparator.comparing(item -> item.queuedAt);
        Item<T> first = queues.values().stream()
                .filter(queue -> !queue.isEmpty())
                .map(Deque::getFirst)
                .min(taken % SHARE_OF_THE_OLDEST == 0 ? old : urgent)
                .orElseThrow();
        return queues.get(first.priority);
    }
}
