package dev.geotherm.api.diff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts what can be done in any order into one that compresses well: additions, removals and replacements each together, and
 * of these the alike paths, in which only indices differ.
 *
 * <p>Changes can be done in any order where none moves an array's elements and no path leads to or through another's. What
 * cannot is left where it stands.
 */
final class JsonPatchOrder {
    /** Paths of more steps are not worth the time that it takes to tell them apart. */
    private static final int DEEPEST = 64;

    private JsonPatchOrder() {}

    /** A change and what it is sorted by. */
    private record Entry(Change change, int kind, String pattern, String name) {
        private static final Comparator<Entry> ORDER = Comparator.comparingInt(Entry::kind)
                .thenComparing(Entry::pattern)
                .thenComparing(Entry::name);

        static Entry of(Change change) {
            int kind = switch (change.kind()) {
                case ADDED -> 0;
                case REMOVED -> 1;
                default -> 2;
            };
            StringBuilder pattern = new StringBuilder();
            for (Pointer p = change.path().parent(); p != null && !p.isRoot(); p = p.parent()) {
                pattern.insert(0, p.index() < 0 ? p.token() : "*").insert(0, '/');
            }
            return new Entry(change, kind, pattern.toString(), change.path().token());
        }
    }

    static List<Change> of(List<Change> changes) {
        List<Change> ordered = new ArrayList<>(changes.size());
        int to;
        for (int from = 0; from < changes.size(); from = to) {
            to = from;
            while (to < changes.size() && !shifts(changes.get(to))) {
                to++;
            }
            List<Change> free = changes.subList(from, to);
            ordered.addAll(areApart(free) ? sorted(free) : free);
            if (to < changes.size()) {
                ordered.add(changes.get(to++));
            }
        }
        return ordered;
    }

    /** Returns whether a change may give other elements of an array other indices. */
    private static boolean shifts(Change change) {
        return switch (change.kind()) {
            case ADDED, REMOVED -> change.path().isRoot() || change.path().index() >= 0;
            case MOVED -> true;
            default -> false;
        };
    }

    /** Returns whether no path is the beginning of another. */
    private static boolean areApart(List<Change> changes) {
        Set<Pointer> paths = new HashSet<>();
        for (Change change : changes) {
            if (change.path().depth() > DEEPEST || !paths.add(change.path())) {
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
        return changes.stream()
                .map(Entry::of)
                .sorted(Entry.ORDER)
                .map(Entry::change)
                .toList();
    }
}
