package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The fragments with an outcome that has not been reported yet: a list linked through them, so adding one allocates nothing and
 * cannot fail. Not thread-safe.
 */
final class SettledFragments<T> {
    private @Nullable PendingFragment<T> first;
    private @Nullable PendingFragment<T> last;

    void add(PendingFragment<T> fragment, Outcome result) {
        fragment.result = result;
        fragment.mark();
        fragment.next = null;
        if (last == null) {
            first = fragment;
        } else {
            last.next = fragment;
        }
        last = fragment;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Returns the first fragment; null if there are no more. */
    @Nullable
    PendingFragment<T> first() {
        return first;
    }

    /** Removes the first fragment. */
    void removeFirst(PendingFragment<T> removed) {
        first = removed.next;
        last = first == null ? null : last;
        removed.next = null;
    }
}
