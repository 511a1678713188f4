package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The waiting fragments, one first-in-first-out lane for each priority; guarded by the queue's lock.
 *
 * <p>The highest lane is served first, except that every eighth fragment comes from the lanes in turn: so each lane gets at
 * least one in forty, and none starves.
 */
final class Lanes<T> {
    private static final int SHARE = 8;
    private static final Comparator<PendingFragment<?>> HIGHER_FIRST =
            Comparator.comparing((PendingFragment<?> entry) -> entry.lane).reversed();

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

    /** Adds an entry behind the others of its lane. */
    void add(PendingFragment<T> entry) {
        lanes.get(entry.lane.level() - 1).addLast(entry);
        size++;
    }

    /** Puts an entry back before the others of its lane. */
    void putBack(PendingFragment<T> entry) {
        lanes.get(entry.lane.level() - 1).addFirst(entry);
        size++;
    }

    /**
     * Takes up to {@code max} entries, higher lanes first; an entry that must be alone is taken alone.
     *
     * @return empty if nothing waits
     */
    List<PendingFragment<T>> take(int max) {
        List<PendingFragment<T>> batch = new ArrayList<>(Math.min(max, size));
        while (batch.size() < max && size > 0) {
            boolean shared = taken == SHARE - 1;
            int next = highestBelow(shared ? turn : lanes.size());
            ArrayDeque<PendingFragment<T>> lane = lanes.get(next);
            if (lane.getFirst().alone && !batch.isEmpty()) {
                break;
            }
            PendingFragment<T> entry = lane.removeFirst();
            size--;
            batch.add(entry);
            taken = (taken + 1) % SHARE;
            turn = shared ? next : turn;
            if (entry.alone) {
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

    /** Returns the highest lane below the given one that is not empty, going round past the lowest. */
    private int highestBelow(int lane) {
        for (int step = 1; step <= lanes.size(); step++) {
            int candidate = Math.floorMod(lane - step, lanes.size());
            if (!lanes.get(candidate).isEmpty()) {
                return candidate;
            }
        }
        throw new IllegalStateException("every lane is empty, but " + size + " entries are counted");
    }
}
