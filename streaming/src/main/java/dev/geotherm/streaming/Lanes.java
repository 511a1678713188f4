package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The waiting fragments: a first-in-first-out lane for each priority, and the fragments that are delayed until their retry. Guarded by
 * the queue's monitor.
 *
 * <p>The highest lane is served first, except that every eighth fragment comes from the lanes in turn: each lane gets at
 * least one in forty, and none starves.
 */
final class Lanes<T> {
    private static final int SHARE = 8;
    private static final Comparator<PendingFragment<?>> HIGHER_FIRST =
            Comparator.comparing((PendingFragment<?> fragment) -> fragment.lane).reversed();

    /** A list linked through its fragments. */
    private static final class Lane<T> {
        @Nullable
        PendingFragment<T> first;

        @Nullable
        PendingFragment<T> last;
    }

    private final List<Lane<T>> lanes = new ArrayList<>();
    private final DelayedFragments<T> delayed = new DelayedFragments<>();
    private int size;
    private long bytes;

    /** The number, the grouped ones and the cost of the fragments that are not delayed. */
    private int ready;

    private int grouped;
    private double cost;
    private int taken;
    private int turn;

    Lanes() {
        for (int i = 0; i < Priority.values().length; i++) {
            lanes.add(new Lane<>());
        }
    }

    /** Returns the number of all fragments. */
    int size() {
        return size;
    }

    /** Returns the number of fragments that are not delayed. */
    int ready() {
        return ready;
    }

    /** Returns whether some of the fragments that are not delayed belong to a group. */
    boolean hasGroups() {
        return grouped > 0;
    }

    /** Returns the bytes of all fragments. */
    long bytes() {
        return bytes;
    }

    /** Returns the cost of the fragments that are not delayed. */
    double cost() {
        return cost;
    }

    /** Returns the time at which the fragment that has waited longest at the head of a lane entered it; there is at least one. */
    long oldestNanos(long now) {
        long longest = 0;
        for (Lane<T> lane : lanes) {
            if (lane.first != null) {
                longest = Math.max(longest, now - lane.first.queuedNanos);
            }
        }
        return now - longest;
    }

    /** Adds a fragment at the tail of its lane. If this fails, because the stack is full, nothing has changed. */
    void add(PendingFragment<T> fragment) {
        Lane<T> lane = lanes.get(fragment.lane.level() - 1);
        fragment.next = null;
        if (lane.last == null) {
            lane.first = fragment;
        } else {
            lane.last.next = fragment;
        }
        lane.last = fragment;
        size++;
        bytes += fragment.bytes;
        ready++;
        grouped += fragment.group == 0 ? 0 : 1;
        cost += (double) fragment.cost;
    }

    /** Puts a fragment back at the head of its lane. */
    void putBack(PendingFragment<T> fragment) {
        Lane<T> lane = lanes.get(fragment.lane.level() - 1);
        fragment.next = lane.first;
        lane.first = fragment;
        if (lane.last == null) {
            lane.last = fragment;
        }
        size++;
        bytes += fragment.bytes;
        ready++;
        grouped += fragment.group == 0 ? 0 : 1;
        cost += (double) fragment.cost;
    }

    /** Adds a fragment that enters its lane at its due time. */
    void addDelayed(PendingFragment<T> fragment) {
        delayed.add(fragment);
        size++;
        bytes += fragment.bytes;
    }

    /** Returns the nanoseconds until the next delayed fragment is due; {@link Long#MAX_VALUE} if none is delayed. */
    long nanosUntilDue(long now) {
        return delayed.nanosUntilDue(now);
    }

    /** Moves the delayed fragments that are due to their lanes. */
    void moveDue(long now) {
        while (delayed.nanosUntilDue(now) <= 0) {
            move();
        }
    }

    /** Moves all delayed fragments to their lanes. */
    void moveDelayed() {
        while (size > ready) {
            move();
        }
    }

    private void move() {
        PendingFragment<T> fragment = requireNonNull(delayed.remove());
        size--;
        bytes -= fragment.bytes;
        add(fragment);
    }

    /**
     * Takes at least one and up to {@code max} fragments, higher lanes first, as long as their cost is within the limit; or, if the
     * first one belongs to a group, its group.
     *
     * @return empty if none is ready
     */
    List<PendingFragment<T>> take(int max, double maxCost) {
        List<PendingFragment<T>> batch = new ArrayList<>(Math.min(max, ready));
        double batchCost = 0;
        while (batch.size() < max && ready > 0) {
            boolean shared = taken == SHARE - 1;
            int next = highestBelow(shared ? turn : lanes.size());
            Lane<T> lane = lanes.get(next);
            PendingFragment<T> fragment = requireNonNull(lane.first);
            batchCost += (double) fragment.cost;
            if (!batch.isEmpty() && (fragment.group != 0 || batchCost > maxCost)) {
                break;
            }
            taken = (taken + 1) % SHARE;
            turn = shared ? next : turn;
            if (fragment.group != 0) {
                takeGroup(fragment.group, batch);
                break;
            }
            removeFirst(lane);
            batch.add(fragment);
        }
        batch.sort(HIGHER_FIRST);
        return batch;
    }

    private void takeGroup(long group, List<PendingFragment<T>> batch) {
        for (Lane<T> lane : lanes) {
            for (PendingFragment<T> one = lane.first; one != null && one.group == group; one = lane.first) {
                removeFirst(lane);
                batch.add(one);
            }
        }
    }

    /** Takes everything, higher lanes first. */
    List<PendingFragment<T>> takeAll() {
        moveDelayed();
        List<PendingFragment<T>> all = new ArrayList<>(size);
        for (int i = lanes.size() - 1; i >= 0; i--) {
            Lane<T> lane = lanes.get(i);
            for (PendingFragment<T> one = lane.first; one != null; one = lane.first) {
                all.add(one);
                removeFirst(lane);
            }
        }
        return all;
    }

    private void removeFirst(Lane<T> lane) {
        PendingFragment<T> removed = requireNonNull(lane.first);
        lane.first = removed.next;
        if (lane.first == null) {
            lane.last = null;
        }
        removed.next = null;
        size--;
        bytes -= removed.bytes;
        ready--;
        grouped -= removed.group == 0 ? 0 : 1;
        cost -= (double) removed.cost;
    }

    /** Returns the next lower lane that is not empty, wrapping around to the highest. */
    private int highestBelow(int lane) {
        for (int step = 1; step <= lanes.size(); step++) {
            int candidate = Math.floorMod(lane - step, lanes.size());
            if (lanes.get(candidate).first != null) {
                return candidate;
            }
        }
        throw new IllegalStateException("every lane is empty, but " + ready + " fragments are counted");
    }
}
