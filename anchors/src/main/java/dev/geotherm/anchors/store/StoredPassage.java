package dev.geotherm.anchors.store;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.AnchorId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A passage in a store. Passages with equal vectors form a linked list, which starts with the passage of best priority.
 *
 * <p>Immutable, except for its links, which the store's lock guards.
 */
final class StoredPassage implements Comparable<StoredPassage> {
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";
    private static final int DIGIT_BITS = 5;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    final String id;
    final String text;
    final Map<String, String> context;
    /** The time of ingestion, in nanoseconds since 1970. */
    final long at;

    private final long priority;

    /** The row of the passage's vector. */
    int row = -1;

    @Nullable
    StoredPassage next;

    @Nullable
    StoredPassage previous;

    StoredPassage(String id, String text, Map<String, String> context, long at) {
        this.id = id;
        this.text = text;
        this.context = context;
        this.at = at;
        priority = hash(id);
    }

    /** Returns a fixed 64-bit hash, with an order that is random relative to the order of ids. */
    private static long hash(String id) {
        long hash = id.length();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        hash *= 0xBF58476D1CE4E5B9L;
        return hash ^ (hash >>> 31);
    }

    /** Returns the id of the anchor that this passage leads if it is a leader: its priority in 13 digits of base 32. */
    AnchorId anchorId() {
        StringBuilder digits = new StringBuilder("a-");
        for (int shift = 60; shift >= 0; shift -= DIGIT_BITS) {
            digits.append(DIGITS.charAt((int) (priority >>> shift) & 31));
        }
        return new AnchorId(digits.toString());
    }

    /** Returns whether this passage has a better priority than another. */
    boolean isBefore(StoredPassage other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(StoredPassage other) {
        int byPriority = Long.compareUnsigned(priority, other.priority);
        return byPriority != 0 ? byPriority : id.compareTo(other.id);
    }

    /** Takes the place of another passage in its list. */
    void replace(StoredPassage old) {
        row = old.row;
        next = old.next;
        previous = old.previous;
        if (next != null) {
            next.previous = this;
        }
        if (previous != null) {
            previous.next = this;
        }
    }

    /** Adds this passage to a list, after the first passage. */
    void addBehind(StoredPassage head) {
        previous = head;
        next = head.next;
        head.next = this;
        if (next != null) {
            next.previous = this;
        }
    }

    /** Removes this passage from a list in which it is not the first. Keeps its own links. */
    void unlinkFrom(StoredPassage before) {
        before.next = next;
        if (next != null) {
            next.previous = before;
        }
    }

    /** Moves the best of the passages after this first one to the second place, and returns it. */
    StoredPassage bestBehind() {
        StoredPassage second = requireNonNull(next);
        StoredPassage best = second;
        for (StoredPassage each = best.next; each != null; each = each.next) {
            best = each.isBefore(best) ? each : best;
        }
        if (best != second) {
            best.unlinkFrom(requireNonNull(best.previous));
            best.previous = this;
            best.next = second;
            second.previous = best;
            next = best;
        }
        return best;
    }
}
