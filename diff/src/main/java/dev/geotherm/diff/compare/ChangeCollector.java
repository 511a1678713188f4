package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.diff.json.JsonSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collector of the changes found by a comparison; changes inside a container can be replaced by a single replacement
 * of the container.
 */
final class ChangeCollector {
    private static final int MIN_MEMBER_SIZE = 4;

    /** This many changes in a container, or fewer, are never replaced by a single one. */
    private static final int MAX_KEPT = 8;

    private final ChangeOptions options;
    private final List<Change> changes = new ArrayList<>();
    private long overhead;

    /** The sizes of the changes' values, or 0 if not computed yet; cached, because every enclosing level needs them. */
    private long[] sizes = new long[16];

    ChangeCollector(CompareRules rules) {
        this.options = rules.changes();
    }

    StateDelta toDelta() {
        return new StateDelta(changes);
    }

    int count() {
        return changes.size();
    }

    /** Returns the cost of all changes without their values. */
    long overhead() {
        return overhead;
    }

    void added(PathCursor trail, JsonNode value) {
        add(trail, Change.added(trail.pointer(), value));
    }

    void removed(PathCursor trail, JsonNode value) {
        add(trail, Change.removed(trail.pointer(), options.carried(value)));
    }

    void moved(PathCursor trail, Pointer from) {
        overhead += from.token().length();
        add(trail, Change.moved(from, trail.pointer()));
    }

    void replaced(PathCursor trail, JsonNode a, JsonNode b) {
        Change change = options.replaced(trail.pointer(), a, b);
        overhead += change.splice() == null ? 0 : ChangeOptions.OVERHEAD;
        add(trail, change);
    }

    private void add(PathCursor trail, Change change) {
        overhead += ChangeOptions.OVERHEAD + trail.lastLength();
        changes.add(change);
    }

    /**
     * Replaces the changes inside a container, which start at index {@code count}, by one replacement of the container,
     * if there are more than {@value #MAX_KEPT} and the replacement is smaller; never for a root that is an object. The
     * size of the changes bounds the cost.
     */
    void coarsen(PathCursor trail, JsonNode a, JsonNode b, int count, long overheadBefore) {
        if (changes.size() - count <= MAX_KEPT) {
            return;
        }
        long details = overhead - overheadBefore - ChangeOptions.OVERHEAD - trail.lastLength();
        long least = (long) MIN_MEMBER_SIZE * (b.size() + (options.reversible() ? a.size() : 0));
        boolean isState = trail.depth() == 0 && b.isObject();
        if (details <= least || isState) {
            return;
        }
        details += valuesFrom(count);
        if (sizeOf(a, b, details) < details) {
            Arrays.fill(sizes, count, changes.size(), 0);
            changes.subList(count, changes.size()).clear();
            overhead = overheadBefore;
            replaced(trail, a, b);
        }
    }

    /** Returns the size of the values in a replacement of the container, counted up to the limit. */
    long sizeOf(JsonNode a, JsonNode b, long limit) {
        long size = JsonSize.of(b, limit);
        return options.reversible() && size < limit ? size + JsonSize.of(a, limit - size) : size;
    }

    /** Returns the size of the values of all changes from the given index. */
    private long valuesFrom(int count) {
        if (sizes.length < changes.size()) {
            sizes = Arrays.copyOf(sizes, 2 * changes.size());
        }
        long sum = 0;
        for (int i = count; i < changes.size(); i++) {
            if (sizes[i] == 0) {
                sizes[i] = valuesOf(changes.get(i));
            }
            sum += sizes[i];
        }
        return sum;
    }

    private static long valuesOf(Change change) {
        TextSplice splice = change.splice();
        return sizeOf(change.before())
                + sizeOf(change.after())
                + (splice == null ? 0 : splice.text().length());
    }

    private static long sizeOf(@Nullable JsonNode value) {
        return value == null ? 0 : JsonSize.of(value, Integer.MAX_VALUE);
    }
}
