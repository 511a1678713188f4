package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A ring buffer between producers, which add fragments without a lock, and the holder of the queue's monitor, which moves them to
 * their lanes.
 *
 * <p>A producer claims a position by compare-and-set, fills its slot with plain stores, and publishes it. A slot contains the
 * number of a pending fragment; when that fragment moves to a lane, a spare number replaces it, so nothing is allocated. Nothing
 * between claim and publication can fail: a producer that runs out of stack or memory has either not claimed a position, or
 * publishes it.
 *
 * <p>A fragment that is accepted while many wait may share the timestamp of one accepted shortly before: reading the clock would
 * cost as much as everything else.
 */
final class Inbox<T> {
    static final int SIZE = 256;

    /** The number of waiting fragments up to which each one gets its own timestamp. */
    private static final int EXACT_TIMES = 16;

    /** Beyond that, one fragment in this many gets its own timestamp; a power of two. */
    private static final int SHARED_TIMES = 16;

    /** A bit beyond all positions, so that a claim fails after the inbox is closed. */
    private static final long CLOSED = 1L << 62;

    private final FragmentSlots<T> slots;
    private final int[] ring = new int[SIZE];
    private final LongSupplier nanoTime;
    private final boolean keyed;

    /** The number of positions claimed so far. */
    private final PaddedCounter claimed = new PaddedCounter();

    /** The latest timestamp of a fragment. */
    private volatile long lastNanos;

    /** The number of fragments moved to lanes so far; guarded by the queue's monitor. */
    private long moved;

    /** The next spare numbers for the ring, and how many there are. Guarded by the queue's monitor. */
    private final int[] spare = new int[SIZE];

    private int spares;

    /**
     * Creates an empty inbox.
     *
     * @param keyed whether fragments have turns
     */
    Inbox(FragmentSlots<T> slots, LongSupplier nanoTime, boolean keyed) {
        this.slots = slots;
        this.nanoTime = nanoTime;
        this.keyed = keyed;
        for (int taken = 0; taken < SIZE; ) {
            taken += slots.take(ring, taken, SIZE - taken);
        }
    }

    /**
     * Adds a fragment unless {@code limit} fragments have been added before. Needs no lock.
     *
     * @param turn its turn among the fragments with its key; null if it has no key
     * @param limit at most the sum of {@link #moved()} and {@link #SIZE}
     * @param first the number of fragments that had left the queue before
     */
    boolean add(
            Fragment<T> fragment,
            @Nullable CompletableFuture<Outcome> outcome,
            @Nullable Turn<T> turn,
            long cost,
            long bytes,
            long limit,
            long first) {
        int lane = Lanes.of(fragment.priority());
        long position;
        long nanos;
        do {
            position = claimed.get();
            if (position >= limit) {
                return false;
            }
            nanos = nanosOf(position, position - first);
        } while (!claimed.compareAndSet(position, position + 1));
        // From here on, nothing can fail.
        int number = ring[(int) position & (SIZE - 1)];
        FragmentBlock<T> block = slots.block(number);
        int index = FragmentBlock.index(number);
        block.fragments[index] = fragment;
        block.lanes[index] = (byte) lane;
        block.costs[index] = cost;
        block.bytes[index] = bytes;
        block.queuedNanos[index] = nanos;
        if (outcome != null || turn != null) {
            PendingFragment<T> pending = block.pending(index);
            pending.outcome = outcome;
            pending.turn = turn;
            pending.mark();
        }
        block.publish(index, position);
        return true;
    }

    private long nanosOf(long position, long waiting) {
        if (waiting >= EXACT_TIMES && (position & (SHARED_TIMES - 1)) != 0) {
            return lastNanos;
        }
        long now = nanoTime.getAsLong();
        lastNanos = now;
        return now;
    }

    /** Moves the published fragments to their lanes. If this fails, because the heap or the stack is full, none is lost. */
    void moveTo(Lanes<T> lanes) {
        int count = arrived();
        while (count > 0) {
            while (spares < count) {
                spares += slots.take(spare, spares, count - spares);
            }
            int slot = (int) moved & (SIZE - 1);
            if (keyed) {
                lanes.addArrived(slots.get(ring[slot]));
            } else {
                lanes.add(ring[slot], count);
            }
            // From here: stores only.
            int firstSpare = spares - count;
            for (int i = 0; i < count; i++) {
                ring[slot + i] = spare[firstSpare + i];
            }
            spares = firstSpare;
            moved += count;
            count = arrived();
        }
    }

    /**
     * Returns the length of the first run of arrived fragments with successive numbers in one block and the same lane; at most 1
     * if they have turns.
     */
    private int arrived() {
        long position = moved;
        int slot = (int) position & (SIZE - 1);
        int number = ring[slot];
        FragmentBlock<T> block = slots.block(number);
        int index = FragmentBlock.index(number);
        int most = keyed ? 1 : Math.min(SIZE - slot, FragmentBlock.SIZE - index);
        int count = 0;
        while (count < most
                && ring[slot + count] == number + count
                && block.isPublished(index + count, position + count)
                && block.lanes[index + count] == block.lanes[index]) {
            count++;
        }
        return count;
    }

    /** Refuses fragments from now on. */
    void close() {
        claimed.getAndUpdate(positions -> positions | CLOSED);
    }

    /** Returns how many fragments were added so far. */
    long added() {
        return claimed.get() & ~CLOSED;
    }

    /** Returns how many fragments were moved to lanes so far. */
    long moved() {
        return moved;
    }

    /** Returns how many fragments have not moved to a lane yet. */
    int size() {
        return (int) (added() - moved);
    }

    /** A counter that shares its cache line with nothing that other threads write. */
    @SuppressWarnings({"UnusedVariable", "serial"})
    private static final class PaddedCounter extends AtomicLong {
        private long a, b, c, d, e, f, g, h, i, j, k, l, m, n, o;
    }
}
