package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The waiting fragments, in a first-in-first-out lane for each priority. Guarded by the queue's lock.
 *
 * <p>The highest lane is served first, except that every eighth fragment comes from the lanes in turn: each lane gets at
 * least one in forty, and none starves.
 */
final class Lanes<T> {
    private static final int SHARE = 8;
    private static final Comparator<PendingFragment<?>> HIGHER_FIRST =
            Comparator.comparing((PendingFragment<?> fragment) -> fragment.lane).reversed();

    private final List<ArrayDeque<PendingFragment<T>>> lanes = new ArrayList<>();
    private int size;
    private int taken;
    private int turn;

    Lanes() {
        for (int i = 0; i < Priority.values().length; i++) {
            lanes.add(new ArrayDeque<>());
        }
    }

    int size() {
        return size;
    }

    /** Adds a fragment at the tail of its lane. */
    void add(PendingFragment<T> fragment) {
        lanes.get(fragment.lane.level() - 1).addLast(fragment);
        size++;
    }

    /** Puts a fragment back at the head of its lane. */
    void putBack(PendingFragment<T> fragment) {
        lanes.get(fragment.lane.level() - 1).addFirst(fragment);
        size++;
    }

    /**
     * Takes up to {@code max} fragments, higher lanes first; an isolated one by itself.
     *
     * @return empty if nothing waits
     */
    List<PendingFragment<T>> take(int max) {
        List<PendingFragment<T>> batch = new ArrayList<>(Math.min(max, size));
        while (batch.size() < max && size > 0) {
            boolean shared = taken == SHARE - 1;
            int next = highestBelow(shared ? turn : lanes.size());
            ArrayDeque<PendingFragment<T>> lane = lanes.get(next);
            if (lane.getFirst().isolated && !batch.isEmpty()) {
                break;
            }
            PendingFragment<T> fragment = lane.removeFirst();
            size--;
            batch.add(fragment);
            taken = (taken + 1) % SHARE;
            turn = shared ? next : turn;
            if (fragment.isolated) {
                break;
            }
        }
        batch.sort(HIGHER_FIRST);
        return batch;
    }

    /** Takes everything, higher lanes first. */
    List<PendingFragment<T>> takeAll() {
        List<PendingFragment<T>> all = new ArrayList<>(size);
        for (int i = lanes.size() - 1; i >= 0; i--) {
            all.addAll(lanes.get(i));
            lanes.get(i).clear();
        }
        size = 0;
        return all;
    }

    /** Returns the next lower lane that is not empty, wrapping around to the highest. */
    private int highestBelow(int lane) {
        for (int step = 1; step <= lanes.size(); step++) {
            int candidate = Math.floorMod(lane - step, lanes.size());
            if (!lanes.get(candidate).isEmpty()) {
                return candidate;
            }
        }
        throw new IllegalStateException("every lane is empty, but " + size + " fragments are counted");
    }
}
