package dev.geotherm.streaming;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The order of fragments with the same key: a hash table from the keys of pending fragments to their turns. Only the first turn
 * of a key has begun; it ends with the outcome of its fragment. Guarded by the queue's monitor.
 *
 * <p>The table is linked through the turns, so only its growth allocates.
 */
final class KeyOrder<T> {
    private static final int SMALLEST = 16;

    /** The first turns of all keys; the length is a power of two. */
    private @Nullable Turn<T>[] buckets = newBuckets(SMALLEST);

    private int keys;
    private int held;

    @SuppressWarnings("unchecked") // generic arrays cannot be created otherwise
    private static <T> @Nullable Turn<T>[] newBuckets(int length) {
        return (Turn<T>[]) new Turn<?>[length];
    }

    /** Returns the number of fragments that wait for their turn. */
    int held() {
        return held;
    }

    /**
     * Begins the turn of an arrived fragment if all earlier turns of its key have ended. If this fails, because the heap or the
     * stack is full, it can be called again.
     *
     * @return whether it has begun
     */
    boolean begin(Turn<T> turn, PendingFragment<T> fragment) {
        if (keys == buckets.length) {
            grow();
        }
        int bucket = turn.hash & (buckets.length - 1);
        Turn<T> first = buckets[bucket];
        while (first != null && !first.key.equals(turn.key)) {
            first = first.sibling;
        }
        // From here: stores only.
        turn.fragment = fragment;
        if (first == turn) { // an earlier call has begun it, and failed later
            return true;
        } else if (first == null) {
            turn.sibling = buckets[bucket];
            buckets[bucket] = turn;
            keys++;
            return true;
        }
        first.last.next = turn;
        first.last = turn;
        held++;
        return false;
    }

    /**
     * Ends a turn that has begun, and begins the next one of its key; returns the fragment of the next one, or null. Cannot fail.
     */
    @Nullable
    PendingFragment<T> end(Turn<T> turn) {
        Turn<T> next = turn.next;
        if (next == null) {
            replace(turn, turn.sibling);
            keys--;
            return null;
        }
        next.last = turn.last;
        next.sibling = turn.sibling;
        replace(turn, next);
        held--;
        return next.fragment;
    }

    private void replace(Turn<T> turn, @Nullable Turn<T> by) {
        int bucket = turn.hash & (buckets.length - 1);
        Turn<T> before = Objects.requireNonNull(buckets[bucket]);
        if (before == turn) {
            buckets[bucket] = by;
            return;
        }
        while (before.sibling != turn) {
            before = Objects.requireNonNull(before.sibling);
        }
        before.sibling = by;
    }

    private void grow() {
        @Nullable Turn<T>[] larger = newBuckets(2 * buckets.length);
        for (Turn<T> first : buckets) { // no call, so that a stack overflow cannot interrupt it
            while (first != null) {
                Turn<T> sibling = first.sibling;
                int bucket = first.hash & (larger.length - 1);
                first.sibling = larger[bucket];
                larger[bucket] = first;
                first = sibling;
            }
        }
        buckets = larger;
    }
}
