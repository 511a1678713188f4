package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An order of independent changes that compresses well: replacements, removals and additions are grouped. Within each
 * group, changes with equal values are adjacent if each value occurs more than twice on average; otherwise changes with
 * similar paths, which differ only in indices, are.
 *
 * <p>Changes can be applied in any order if none shifts array elements and no path is a prefix of another. All other
 * changes keep their positions. Only the state shows whether {@code /a/7} is an element or a member; without the state,
 * it counts as an element.
 */
final class JsonPatchOrder {
    /** Longer paths are not reordered: comparing them would take too long. */
    private static final int MAX_DEPTH = 64;

    /** How often values must occur on average for changes to be sorted by value. */
    private static final int REPEATED = 2;

    private final @Nullable JsonNode before;

    /** The source and target paths of all changes. */
    private final Set<Pointer> touched = new HashSet<>();

    private JsonPatchOrder(List<Change> changes, @Nullable JsonNode before) {
        this.before = before;
        for (Change change : changes) {
            if (before != null && change.path().depth() <= MAX_DEPTH) {
                touched.add(change.path());
                if (change.from() != null) {
                    touched.add(change.from());
                }
            }
        }
    }

    /** A change and its sort keys. */
    private record Entry(Change change, int kind, String pattern, String name, String value) {
        static Entry of(Change change) {
            int kind = switch (change.kind()) {
                case ADDED -> 2;
                case REMOVED -> 1;
                default -> 0;
            };
            StringBuilder pattern = new StringBuilder();
            for (Pointer p = change.path().parent(); p != null && !p.isRoot(); p = p.parent()) {
                pattern.insert(0, p.index() < 0 ? p.token() : "*").insert(0, '/');
            }
            return new Entry(change, kind, pattern.toString(), change.path().token(), ValueOutline.of(change.after()));
        }
    }

    static List<Change> of(List<Change> changes, @Nullable JsonNode before) {
        JsonPatchOrder order = new JsonPatchOrder(changes, before);
        List<Change> ordered = new ArrayList<>(changes.size());
        int to;
        for (int from = 0; from < changes.size(); from = to) {
            to = from;
            while (to < changes.size() && !order.shifts(changes.get(to))) {
                to++;
            }
            List<Change> free = changes.subList(from, to);
            ordered.addAll(areIndependent(free) ? sorted(free) : free);
            if (to < changes.size()) {
                ordered.add(changes.get(to++));
            }
        }
        return ordered;
    }

    /** Returns whether a change may shift the indices of array elements. */
    private boolean shifts(Change change) {
        return switch (change.kind()) {
            case ADDED, REMOVED -> change.path().isRoot() || (change.path().index() >= 0 && !isMember(change.path()));
            case MOVED -> true;
            default -> false;
        };
    }

    /**
     * Returns whether a path certainly leads to a member: its parents are objects, and no change replaces one of them.
     */
    private boolean isMember(Pointer path) {
        Pointer parent = path.parent();
        if (before == null || parent == null || path.depth() > MAX_DEPTH) {
            return false;
        }
        for (Pointer p = parent; p != null; p = p.parent()) {
            if (touched.contains(p)) {
                return false;
            }
        }
        JsonNode node = before;
        for (String token : parent.tokens()) {
            node = node instanceof ObjectNode object ? object.get(token) : null;
        }
        return node instanceof ObjectNode;
    }

    /** Returns whether no path is a prefix of another. */
    private static boolean areIndependent(List<Change> changes) {
        Set<Pointer> paths = new HashSet<>();
        for (Change change : changes) {
            if (change.path().depth() > MAX_DEPTH || !paths.add(change.path())) {
                return false;
            }
        }
        for (Change change : changes) {
            for (Pointer p = change.path().parent(); p != null; p = p.parent()) {
                if (paths.contains(p)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<Change> sorted(List<Change> changes) {
        List<Entry> entries = new ArrayList<>(changes.size());
        changes.forEach(change -> entries.add(Entry.of(change)));
        // Reverse order compresses slightly better for most of the pairs in decision 15.
        Collections.reverse(entries);
        entries.sort(Comparator.comparingInt(Entry::kind));
        int to;
        for (int from = 0; from < entries.size(); from = to) {
            to = from + 1;
            while (to < entries.size()
                    && entries.get(to).kind() == entries.get(from).kind()) {
                to++;
            }
            List<Entry> alike = entries.subList(from, to);
            alike.sort(order(alike));
        }
        return entries.stream().map(Entry::change).toList();
    }

    private static Comparator<Entry> order(List<Entry> alike) {
        Set<String> values = new HashSet<>();
        alike.forEach(entry -> values.add(entry.value()));
        return REPEATED * values.size() < alike.size()
                ? Comparator.comparing(Entry::value)
                : Comparator.comparing(Entry::pattern).thenComparing(Entry::name);
    }
}
