package dev.geotherm.diff.compare;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a walk from the root in each pattern of {@link IgnoredPaths}: a state of an automaton with
 * transitions that are created on demand. Thread-safe.
 */
public final class PathMatch {
    private final IgnoredPaths paths;
    private final PatternStates places;
    private final boolean none;
    private final boolean byIndex;

    /** The steps with their own target states; all other steps share one. */
    private final Map<String, Step> special = new HashMap<>();

    private final Step other = new Step();

    /** The targets of a step: as an object member, which can match a name, and as an array element. */
    private static final class Step {
        private volatile @Nullable PathMatch member;
        private volatile @Nullable PathMatch element;
    }

    PathMatch(IgnoredPaths paths, PatternStates places) {
        this.paths = paths;
        this.places = places;
        places.expected(paths).forEach(token -> special.put(token, new Step()));
        byIndex = special.keySet().stream().anyMatch(PathMatch::isIndex);
        paths.names.forEach(name -> special.putIfAbsent(name, new Step()));
        none = places.isEmpty() && paths.names.isEmpty();
    }

    private static boolean isIndex(String token) {
        return !token.isEmpty() && Character.isDigit(token.charAt(0));
    }

    /** Returns whether the path and everything below it is ignored. */
    public boolean ignored() {
        return places.ignored();
    }

    /** Returns whether no path below is ignored. */
    public boolean none() {
        return none;
    }

    /** Returns whether matching depends on the index of an element. */
    boolean byIndex() {
        return byIndex;
    }

    public PathMatch member(String name) {
        if (none) {
            return this;
        }
        Step found = special.get(name);
        Step step = found == null ? other : found;
        PathMatch next = step.member;
        if (next == null) {
            next = paths.state(paths.names.contains(name) ? PatternStates.IGNORED : places.after(name, paths));
            step.member = next;
        }
        return next;
    }

    public PathMatch element(int index) {
        if (none) {
            return this;
        }
        return byIndex ? element(Integer.toString(index), special) : element("", Map.of());
    }

    private PathMatch element(String token, Map<String, Step> known) {
        Step found = known.get(token);
        Step step = found == null ? other : found;
        PathMatch next = step.element;
        if (next == null) {
            next = paths.state(found == null ? places.afterOther(paths) : places.after(token, paths));
            step.element = next;
        }
        return next;
    }
}
