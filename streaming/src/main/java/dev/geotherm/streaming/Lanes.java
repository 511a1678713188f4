package dev.geotherm.streaming;

import static dev.geotherm.streaming.FragmentSlots.NONE;
import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The waiting fragments: a first-in-first-out lane for each priority, the fragments that are delayed until their retry, and those
 * that are held back until it is their turn among the fragments with their key. Guarded by the queue's monitor. Only the growth
 * of the table of keys allocates.
 *
 * <p>The highest lane is served first, except that every eighth fragment comes from the lanes in turn: each lane gets at least
 * one in forty, so none starves.
 */
final class Lanes<T> {
    private static final int COUNT = Priority.values().length;
    private static final int SHARE = 8;

    /** A list of fragments linked by their numbers, and the part of it that a batch takes. */
    private static final class Lane {
        int first;
        int last;
        int size;

        /** The number of leading fragments that are chosen for the batch. */
        int chosen;

        /** The first fragment that is not chosen; not used if all fragments have the same cost. */
        int unchosen;
    }

    private final FragmentSlots<T> slots;
    private final Lane[] lanes = new Lane[COUNT];
    private final DelayedFragments<T> delayed = new DelayedFragments<>();
    private final KeyOrder<T> order = new KeyOrder<>();
    private int size;
    private long bytes;

    /** The number of fragments that are not delayed, the number of those in a group, and their cost. */
    private int ready;

    private int grouped;
    private double cost;

    /** The bounds of the cost of each fragment. */
    private long leastCost;

    private long mostCost;
    private int taken;
    private int turn;

    Lanes(FragmentSlots<T> slots) {
        this.slots = slots;
        for (int i = 0; i < COUNT; i++) {
            lanes[i] = new Lane();
        }
    }

    /** Returns the number of the lane of a priority. */
    static int of(Priority priority) {
        return priority.level() - 1;
    }

    /** Returns the number of the lane below another one; the lowest lane itself. */
    static int below(int lane) {
        return Math.max(0, lane - 1);
    }

    /** Returns the number of all fragments. */
    int size() {
        return size;
    }

    /** Returns the number of fragments that are neither delayed nor held back. */
    int ready() {
        return ready;
    }

    /** Returns how many ready fragments precede a new one: those of its lane and above, and the share of the lanes below. */
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

    /** Returns the longest time that the head of any lane has been queued; 0 if all lanes are empty. */
    long age(long now) {
        long longest = 0;
        for (Lane lane : lanes) {
            if (lane.first != NONE) {
                longest = Math.max(longest, now - slots.queuedNanos(lane.first));
            }
        }
        return longest;
    }

    /** Returns the number of fragments that are held back until it is their turn. */
    int held() {
        return order.held();
    }

    /**
     * Adds an arrived fragment to its lane, or to those that are held back. If this fails, because the heap or the stack is full,
     * it can be called again.
     */
    void addArrived(PendingFragment<T> fragment) {
        Turn<T> turn = fragment.turn;
        if (turn == null || order.begin(turn, fragment)) {
            add(fragment);
        } else {
            size++;
            bytes += fragment.bytes();
        }
    }

    /** Ends the turn of a fragment that has its outcome, if it has a key: the next fragment of that key enters its lane. */
    void endTurn(PendingFragment<T> fragment) {
        Turn<T> turn = fragment.turn;
        if (turn != null) {
            fragment.turn = null;
            PendingFragment<T> next = order.end(turn);
            if (next != null) {
                size--;
                bytes -= next.bytes();
                add(next);
            }
        }
    }

    /** Adds a fragment at the tail of its lane. If this fails, because the stack is full, nothing has changed. */
    void add(PendingFragment<T> fragment) {
        add(fragment.number, 1);
    }

    /**
     * Adds fragments with successive numbers in one block at the tail of the lane that they share. If this fails, because the
     * stack is full, nothing has changed.
     */
    void add(int number, int count) {
        FragmentBlock<T> block = slots.block(number);
        int first = FragmentBlock.index(number);
        Lane lane = lanes[block.lanes[first]];
        FragmentBlock<T> lastBlock = slots.block(lane.last);
        int lastIndex = FragmentBlock.index(lane.last);
        int groups = groupOf(block, first) == 0 ? 0 : 1; // only a fragment that is added alone can have a group
        // From here: stores only.
        long least = ready > 0 ? leastCost : Long.MAX_VALUE;
        long most = ready > 0 ? mostCost : Long.MIN_VALUE;
        long addedCost = 0;
        long addedBytes = 0;
        for (int i = 0; i < count; i++) {
            long one = block.costs[first + i];
            least = one < least ? one : least;
            most = one > most ? one : most;
            addedCost += one;
            addedBytes += block.bytes[first + i];
            block.following[first + i] = number + i + 1;
        }
        block.following[first + count - 1] = NONE;
        if (lane.last == NONE) {
            lane.first = number;
        } else {
            lastBlock.following[lastIndex] = number;
        }
        lane.last = number + count - 1;
        lane.size += count;
        leastCost = least;
        mostCost = most;
        size += count;
        bytes += addedBytes;
        ready += count;
        grouped += groups;
        cost += (double) addedCost;
    }

    /** Puts a fragment back at the head of its lane. */
    void putBack(PendingFragment<T> fragment) {
        int number = fragment.number;
        Lane lane = lanes[fragment.lane()];
        slots.block(number).following[FragmentBlock.index(number)] = lane.first;
        lane.first = number;
        if (lane.last == NONE) {
            lane.last = number;
        }
        lane.size++;
        long itsCost = fragment.cost();
        leastCost = ready > 0 && leastCost < itsCost ? leastCost : itsCost;
        mostCost = ready > 0 && mostCost > itsCost ? mostCost : itsCost;
        size++;
        bytes += fragment.bytes();
        ready++;
        grouped += fragment.group == 0 ? 0 : 1;
        cost += (double) itsCost;
    }

    private long groupOf(FragmentBlock<T> block, int index) {
        return block.marked[index] ? block.pending(index).group : 0;
    }

    /** Adds a fragment that enters its lane at its due time. */
    void addDelayed(PendingFragment<T> fragment) {
        delayed.add(fragment);
        size++;
        bytes += fragment.bytes();
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
        while (!delayed.isEmpty()) {
            move();
        }
    }

    private void move() {
        PendingFragment<T> fragment = requireNonNull(delayed.remove());
        size--;
        bytes -= fragment.bytes();
        add(fragment);
    }

    /**
     * Moves fragments to an empty batch with room for {@code max}: as many as fit, higher lanes first, while their cost is within
     * the limit; or, if the first one belongs to a group, its group. At least one must be ready.
     */
    void take(RunningBatch<T> batch, int max, double maxCost) {
        long group = choose(Math.min(max, ready), maxCost);
        for (int i = COUNT - 1; i >= 0; i--) {
            Lane lane = lanes[i];
            if (group == 0) {
                if (lane.chosen > 0) {
                    takeChosen(lane, batch);
                }
            } else {
                while (lane.first != NONE && slots.get(lane.first).group == group) {
                    PendingFragment<T> one = unlinkFirst(lane);
                    batch.numbers()[batch.size()] = one.number;
                    batch.added(1, one.cost(), true);
                }
            }
        }
    }

    private void takeChosen(Lane lane, RunningBatch<T> batch) {
        int[] numbers = batch.numbers();
        int end = batch.size() + lane.chosen;
        long takenBytes = 0;
        long takenCost = 0;
        boolean marked = false;
        int number = lane.first;
        FragmentBlock<T> block = slots.block(number);
        int blockNumber = FragmentBlock.of(number);
        for (int i = batch.size(); i < end; i++) {
            if (FragmentBlock.of(number) != blockNumber) {
                block = slots.block(number);
                blockNumber = FragmentBlock.of(number);
            }
            int index = FragmentBlock.index(number);
            takenBytes += block.bytes[index];
            takenCost += block.costs[index];
            marked |= block.marked[index];
            numbers[i] = number;
            number = block.following[index];
        }
        batch.added(lane.chosen, takenCost, marked);
        lane.first = number;
        if (lane.first == NONE) {
            lane.last = NONE;
        }
        lane.size -= lane.chosen;
        size -= lane.chosen;
        ready -= lane.chosen;
        bytes -= takenBytes;
        cost -= (double) takenCost;
        lane.chosen = 0;
    }

    /** Chooses the fragments of a batch, so that they can be taken lane by lane; returns the number of their group, or 0. */
    private long choose(int max, double maxCost) {
        for (Lane lane : lanes) {
            lane.unchosen = lane.first;
            lane.chosen = 0;
        }
        boolean uniform = grouped == 0 && leastCost == mostCost;
        int fitting = uniform && mostCost > 0 ? (int) Math.min(max, Math.max(1, maxCost / (double) mostCost)) : max;
        double batchCost = 0;
        for (int count = 0; count < fitting; ) {
            boolean shared = taken == SHARE - 1;
            int next = highestBelow(shared ? turn : COUNT);
            Lane lane = lanes[next];
            int most = Math.min(fitting - count, shared ? 1 : SHARE - 1 - taken);
            int number = lane.unchosen;
            int chosen = uniform ? Math.min(most, lane.size - lane.chosen) : 0;
            long group = 0;
            boolean full = false;
            while (!uniform && number != NONE && chosen < most) {
                FragmentBlock<T> block = slots.block(number);
                int index = FragmentBlock.index(number);
                batchCost += (double) block.costs[index];
                group = groupOf(block, index);
                full = count + chosen > 0 && (group != 0 || batchCost > maxCost);
                if (full || group != 0) {
                    break;
                }
                number = block.following[index];
                chosen++;
            }
            lane.unchosen = number;
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
        Lane lane = highest();
        return lane == null ? null : slots.get(lane.first);
    }

    /** Removes the fragment that {@link #first} returns. */
    void removeFirst() {
        unlinkFirst(requireNonNull(highest()));
    }

    private @Nullable Lane highest() {
        for (int i = COUNT - 1; i >= 0; i--) {
            if (lanes[i].first != NONE) {
                return lanes[i];
            }
        }
        return null;
    }

    private PendingFragment<T> unlinkFirst(Lane lane) {
        PendingFragment<T> removed = slots.get(lane.first);
        lane.first = slots.block(lane.first).following[FragmentBlock.index(lane.first)];
        if (lane.first == NONE) {
            lane.last = NONE;
        }
        lane.size--;
        size--;
        bytes -= removed.bytes();
        ready--;
        grouped -= removed.group == 0 ? 0 : 1;
        cost -= (double) removed.cost();
        return removed;
    }

    /** Returns the next lower lane with a fragment that is not chosen, wrapping around to the highest. */
    private int highestBelow(int lane) {
        for (int step = 1; step <= COUNT; step++) {
            int candidate = lane >= step ? lane - step : lane - step + COUNT;
            if (lanes[candidate].chosen < lanes[candidate].size) {
                return candidate;
            }
        }
        throw new IllegalStateException("every lane is empty, but " + ready + " fragments are counted");
    }
}
