package dev.geotherm.streaming.journal;

import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of items in the parts of a log: how many were written, and how many are live. They show where the first live item
 * is. Not thread-safe.
 */
final class ItemCounts {
    private final long partBytes;
    private final TreeMap<Long, Part> parts = new TreeMap<>();
    private long written;
    private long live;

    /** A part of a log. */
    private static final class Part {
        long written;
        long live;
    }

    ItemCounts(long partBytes) {
        this.partBytes = partBytes;
    }

    void added(long position) {
        Part part = parts.computeIfAbsent(position / partBytes, first -> new Part());
        part.written++;
        part.live++;
        written++;
        live++;
    }

    void removed(long position) {
        Part part = parts.get(position / partBytes);
        if (part != null) {
            part.live--;
            live--;
        }
    }

    /** Forgets the parts before the first one with a live item; returns where that begins, or the given end if none is live. */
    long trim(long end) {
        while (!parts.isEmpty() && parts.firstEntry().getValue().live == 0) {
            written -= parts.pollFirstEntry().getValue().written;
        }
        return parts.isEmpty() ? end : Math.min(end, parts.firstKey() * partBytes);
    }

    /** Returns the position after the first part. */
    long firstEnd() {
        Map.Entry<Long, Part> first = parts.firstEntry();
        return first == null ? 0 : (first.getKey() + 1) * partBytes;
    }

    /** Returns whether the first part has no live item. */
    boolean isFirstEmpty() {
        return !parts.isEmpty() && parts.firstEntry().getValue().live == 0;
    }

    /** Returns whether at most a quarter of the items in several parts are live, so a few delay the deletion of many. */
    boolean isSparse() {
        return parts.size() > 4 && live * 4 <= written;
    }
}
