package dev.geotherm.anchors.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A priority queue of anchors by expiry, the time at which they become old or cold. Ties are ordered by id.
 *
 * <p>A binary heap in which each anchor knows its index, so a changed anchor moves in logarithmic time.
 */
final class ExpiryQueue {
    private @Nullable PooledAnchor[] heap = new PooledAnchor[16];
    private int size;

    /** Returns the first anchor other than the given one, or null if there is none. */
    @Nullable
    PooledAnchor first(@Nullable PooledAnchor except) {
        if (size == 0 || heap[0] != except) {
            return size == 0 ? null : heap[0];
        }
        PooledAnchor left = size > 1 ? heap[1] : null;
        PooledAnchor right = size > 2 ? heap[2] : null;
        return left == null || right == null || isBefore(left, right) ? left : right;
    }

    /** Adds an anchor, or moves it after a change of its expiry. */
    void update(PooledAnchor anchor) {
        if (anchor.queueIndex < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            put(anchor, size++);
        }
        up(anchor);
        down(anchor);
    }

    void remove(PooledAnchor anchor) {
        int index = anchor.queueIndex;
        if (index < 0) {
            return;
        }
        PooledAnchor last = at(--size);
        heap[size] = null;
        anchor.queueIndex = -1;
        if (last != anchor) {
            put(last, index);
            up(last);
            down(last);
        }
    }

    private PooledAnchor at(int index) {
        PooledAnchor anchor = heap[index];
        if (anchor == null) {
            throw new IllegalStateException("no anchor at " + index);
        }
        return anchor;
    }

    private void put(PooledAnchor anchor, int index) {
        heap[index] = anchor;
        anchor.queueIndex = index;
    }

    private void up(PooledAnchor anchor) {
        int index = anchor.queueIndex;
        while (index > 0 && isBefore(anchor, at((index - 1) / 2))) {
            put(at((index - 1) / 2), index);
            index = (index - 1) / 2;
        }
        put(anchor, index);
    }

    private void down(PooledAnchor anchor) {
        int index = anchor.queueIndex;
        for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
            int smaller = child + 1 < size && isBefore(at(child + 1), at(child)) ? child + 1 : child;
            if (!isBefore(at(smaller), anchor)) {
                break;
            }
            put(at(smaller), index);
            index = smaller;
        }
        put(anchor, index);
    }

    private static boolean isBefore(PooledAnchor one, PooledAnchor other) {
        return one.expiry != other.expiry ? one.expiry < other.expiry : one.id().compareTo(other.id()) < 0;
    }
}
