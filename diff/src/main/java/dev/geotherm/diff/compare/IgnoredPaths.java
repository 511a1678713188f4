package dev.geotherm.diff.compare;

import dev.geotherm.delta.Pointer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ignored paths: JSON Pointers in which {@code *} stands for one step and {@code **} for any number, and names of
 * members. A key that is itself {@code *} or {@code **} can only be matched by a wildcard.
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

    /** Returns the initial state of a walk from the root. */
    public PathMatch root() {
        return root;
    }

    /** Returns the state of the automaton for the given positions; always the same instance. */
    PathMatch state(PatternStates places) {
        return states.computeIfAbsent(places, absent -> new PathMatch(this, absent));
    }
}
