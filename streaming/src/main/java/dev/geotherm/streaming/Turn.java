package dev.geotherm.streaming;

import org.jspecify.annotations.Nullable;

/** The turn of a fragment among those with its key. Guarded by the queue's monitor from the fragment's publication on. */
final class Turn<T> {
    final String key;
    final int hash;

    /** The fragment; null until it arrives. */
    @Nullable
    PendingFragment<T> fragment;

    /** The next turn of the key. */
    @Nullable
    Turn<T> next;

    /** The last turn of the key; up to date only in the first turn. */
    Turn<T> last = this;

    /** The first turn of another key in the same bucket. */
    @Nullable
    Turn<T> sibling;

    Turn(String key) {
        this.key = key;
        this.hash = key.hashCode() ^ (key.hashCode() >>> 16);
    }
}
