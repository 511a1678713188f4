package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The waiting fragments: a first-in-first-out lane for each priority, and the fragments that are delayed until their retry. Guarded by
 * the queue's monitor. Nothing allocates.
 *
 * <p>The highest lane is served first, except that every eighth fragment comes from the lanes in turn: each lane gets at
 * least one in forty, and none starves.
 */
final class Lanes<T> {
    private static final int COUNT = Priority.values().length;
    private static final int SHARE = 8;

    /** A list linked through its fragments, and the part of it that a batch takes. */
    private static final class Lane<T> {
        @Nullable
        PendingFragment<T> first;

        @Nullable
        PendingFragment<T> last;

        /** The first fragment that is not chosen for the batch, and the number of those before it. */
        @Nullable
        PendingFragment<T> unchosen;

        int chosen;

        int size;
    }

    private final Lane<T>[] lanes = newLanes();
    private final DelayedFragments<T> delayed = new DelayedFragments<>();
    private int size;
    private long bytes;

    /** The number, the grouped ones and the cost of the fragments that are not delayed. */
    private int ready;

    private int grouped;
    private double cost;
    private int taken;
    private int turn;

    @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
    private static <T> Lane<T>[] newLanes() {
        Lane<T>[] lanes = (Lane<T>[]) new Lane<?>[COUNT];
        for (int i = 0; i < COUNT; i++) {
            lanes[i] = new Lane<>();
        }
        return lanes;
    }

    /** Returns the number of all fragments. */
    int size() {
        return size;
    }

    /** Returns the number of fragments that are not delayed. */
    int ready() {
        return ready;
    }

    /** Returns how many of them are taken before a new fragment: those of its lane and above, and the share of the lanes below. */
    int ahead(Priority priority) {
        int same = 0;
        for (int i = priority.level() - 1; i < COUNT; i++) {
            same += lanes[i].size;
        }
        return Math.min(ready, same + same / (SHARE - 1));
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

    /** Returns for how long the fragment that has waited longest at the head of a lane has been in it; 0 if none is ready. */
    long age(long now) {
        long longest = 0;
        for (Lane<T> lane : lanes) {
            if (lane.first != null) {
                longest = Math.max(longest, now - lane.first.queuedNanos);
            }
        }
        return longest;
    }

    /** Adds a fragment at the tail of its lane. If this fails, because the stack is full, nothing has changed. */
    void add(PendingFragment<T> fragment) {
        Lane<T> lane = lanes[fragment.lane.level() - 1];
        fragment.next = null;
        if (lane.last == null) {
            lane.first = fragment;
        } else {
            lane.last.next = fragment;
        }
        lane.last = fragment;
        count(lane, fragment);
    }

    private void count(Lane<T> lane, PendingFragment<T> fragment) {
        lane.size++;
        size++;
        bytes += fragment.bytes;
        ready++;
        grouped += fragment.group == 0 ? 0 : 1;
        cost += (double) fragment.cost;
    }

    /** Puts a fragment back at the head of its lane. */
    void putBack(PendingFragment<T> fragment) {
        Lane<T> lane = lanes[fragment.lane.level() - 1];
        fragment.next = lane.first;
        lane.first = fragment;
        if (lane.last == null) {
            lane.last = fragment;
        }
        count(lane, fragment);
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
     * Moves fragments to an empty batch with room for {@code max}: as many as fit, higher lanes first, as long as their cost is within
     * the limit; or, if the first one belongs to a group, its group. At least one is ready.
     */
    void take(RunningBatch<T> batch, int max, double maxCost) {
        long group = choose(Math.min(max, ready), maxCost);
        for (int i = COUNT - 1; i >= 0; i--) {
            Lane<T> lane = lanes[i];
            if (group == 0) {
                if (lane.chosen > 0) {
                    takeChosen(lane, batch);
                }
            } else {
                while (lane.first != null && lane.first.group == group) {
                    batch.add(unlinkFirst(lane));
                }
            }
        }
    }

    private void takeChosen(Lane<T> lane, RunningBatch<T> batch) {
        long takenBytes = 0;
        long takenCost = 0;
        PendingFragment<T> one = requireNonNull(lane.first);
        for (int left = lane.chosen; left > 0; left--) {
            PendingFragment<T> next = one.next;
            one.next = null;
            takenBytes += one.bytes;
            takenCost += one.cost;
            batch.add(one);
            if (next == null) {
                break;
            }
            one = next;
        }
        lane.first = lane.unchosen;
        if (lane.first == null) {
            lane.last = null;
        }
        lane.size -= lane.chosen;
        size -= lane.chosen;
        ready -= lane.chosen;
        bytes -= takenBytes;
        cost -= (double) takenCost;
        lane.chosen = 0;
        lane.unchosen = null;
    }

    /** Chooses fragments of a batch, so that they can be taken lane by lane; returns the number of their group, or 0. */
    private long choose(int max, double maxCost) {
        for (Lane<T> lane : lanes) {
            lane.unchosen = lane.first;
            lane.chosen = 0;
        }
        double batchCost = 0;
        for (int count = 0; count < max; ) {
            boolean shared = taken == SHARE - 1;
            int next = highestBelow(shared ? turn : COUNT);
            Lane<T> lane = lanes[next];
            int most = Math.min(max - count, shared ? 1 : SHARE - 1 - taken);
            PendingFragment<T> one = lane.unchosen;
            int chosen = 0;
            long group = 0;
            boolean full = false;
            while (one != null && chosen < most) {
                batchCost += (double) one.cost;
                group = one.group;
                full = count + chosen > 0 && (group != 0 || batchCost > maxCost);
                if (full || group != 0) {
                    break;
                }
                one = one.next;
                chosen++;
            }
            lane.unchosen = one;
            lane.chosen += chosen;
            count += chosen;
            taken = (taken + chosen + (group != 0 && !full ? 1 : 0)) % SHARE;
            turn = shared && !full ? next : turn;
            if (full) {
                return 0;
            } else if (group != 0) {
                return group;
            }
        }
        return 0;
    }

    /** Returns the first fragment of the highest lane that is not empty; null if all are. */
    @Nullable
    PendingFragment<T> first() {
        Lane<T> lane = highest();
        return lane == null ? null : lane.first;
    }

    /** Removes the fragment that {@link #first} returns. */
    void removeFirst() {
        unlinkFirst(requireNonNull(highest()));
    }

    private @Nullable Lane<T> highest() {
        for (int i = COUNT - 1; i >= 0; i--) {
            if (lanes[i].first != null) {
                return lanes[i];
            }
        }
        return null;
    }

    private PendingFragment<T> unlinkFirst(Lane<T> lane) {
        PendingFragment<T> removed = requireNonNull(lane.first);
        lane.first = removed.next;
        if (lane.first == null) {
            lane.last = null;
        }
        removed.next = null;
        lane.size--;
        size--;
        bytes -= removed.bytes;
        ready--;
        grouped -= removed.group == 0 ? 0 : 1;
        cost -= (double) removed.cost;
        return removed;
    }

    /** Returns the next lower lane with a fragment that is not chosen, wrapping around to the highest. */
    private int highestBelow(int lane) {
        for (int step = 1; step <= COUNT; step++) {
            int candidate = lane >= step ? lane - step : lane - step + COUNT;
            if (lanes[candidate].unchosen != null) {
                return candidate;
            }
        }
        throw new IllegalStateException("every lane is empty, but " + ready + " fragments are counted");
    }
}
