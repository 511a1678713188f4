package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The fragments that are delayed until their retry: a pairing heap linked through the fragments, so adding one allocates
 * nothing. Guarded by the queue's monitor.
 */
final class DelayedFragments<T> {
    private @Nullable PendingFragment<T> first;

    /** Adds a fragment with its due time. */
    void add(PendingFragment<T> fragment) {
        fragment.child = null;
        fragment.next = null;
        first = meld(first, fragment);
    }

    /** Returns the nanoseconds until the next fragment is due: 0 or less if one is, {@link Long#MAX_VALUE} if none waits. */
    long nanosUntilDue(long now) {
        return first == null ? Long.MAX_VALUE : first.dueNanos - now;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Removes the fragment that is due first; null if none waits. */
    @Nullable
    PendingFragment<T> remove() {
        PendingFragment<T> removed = first;
        if (removed != null) {
            first = melded(removed.child);
            removed.child = null;
        }
        return removed;
    }

    /** Melds siblings in pairs, and then the pairs. */
    private static <T> @Nullable PendingFragment<T> melded(@Nullable PendingFragment<T> siblings) {
        PendingFragment<T> pairs = null;
        PendingFragment<T> rest = siblings;
        while (rest != null) {
            PendingFragment<T> one = rest;
            PendingFragment<T> other = one.next;
            rest = other == null ? null : other.next;
            one.next = null;
            if (other != null) {
                other.next = null;
            }
            PendingFragment<T> pair = requireNonNull(meld(one, other));
            pair.next = pairs;
            pairs = pair;
        }
        PendingFragment<T> all = null;
        while (pairs != null) {
            PendingFragment<T> pair = pairs;
            pairs = pair.next;
            pair.next = null;
            all = meld(all, pair);
        }
        return all;
    }

    /** Makes the later of two trees the first child of the other. */
    private static <T> @Nullable PendingFragment<T> meld(
            @Nullable PendingFragment<T> one, @Nullable PendingFragment<T> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        boolean inOrder = one.dueNanos - other.dueNanos <= 0;
        PendingFragment<T> parent = inOrder ? one : other;
        PendingFragment<T> child = inOrder ? other : one;
        child.next = parent.child;
        parent.child = child;
        return parent;
    }
}
