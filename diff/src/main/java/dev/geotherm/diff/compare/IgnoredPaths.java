package dev.geotherm.diff.compare;

import dev.geotherm.delta.Pointer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The paths that do not count: JSON Pointers in which {@code *} stands for one step and {@code **} for any number, and
 * names of members. A key that is itself {@code *} or {@code **} can only be named by a wildcard.
 */
public final class IgnoredPaths {
    public static final IgnoredPaths NONE = new IgnoredPaths(List.of(), List.of());

    final List<List<String>> patterns;
    final Set<String> names;
    private final Map<PatternStates, PathMatch> states = new ConcurrentHashMap<>();
    private final PathMatch root;

    public IgnoredPaths(List<String> patterns, List<String> names) {
        this.patterns = patterns.stream().map(p -> Pointer.parse(p).tokens()).toList();
        this.names = Set.copyOf(names);
        this.root = state(PatternStates.start(this));
    }

    public static boolean isPattern(String text) {
        try {
            return !Pointer.parse(text).isRoot();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Returns where a walk that begins at the root stands. */
    public PathMatch root() {
        return root;
    }

    /** Returns the one state of the automaton for these places. */
    PathMatch state(PatternStates places) {
        return states.computeIfAbsent(places, absent -> new PathMatch(this, absent));
    }
}
