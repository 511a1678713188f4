package dev.geotherm.diff.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The positions that a walk has reached in the patterns.
 *
 * @param open the patterns that a longer path can still match
 * @param ignored whether the path itself matches one
 */
record PatternStates(Set<State> open, boolean ignored) {
    private static final String ANY = "*";
    private static final String ANY_NUMBER = "**";

    static final PatternStates IGNORED = new PatternStates(Set.of(), true);

    /** The position in one pattern. */
    record State(int pattern, int position) {}

    PatternStates {
        open = Set.copyOf(open);
    }

    static PatternStates start(IgnoredPaths paths) {
        Set<State> places = new LinkedHashSet<>();
        boolean complete = false;
        for (int pattern = 0; pattern < paths.patterns.size(); pattern++) {
            complete |= reach(paths, pattern, 0, places);
        }
        return complete ? IGNORED : new PatternStates(places, false);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Returns the steps with their own transitions; all others share one. */
    List<String> expected(IgnoredPaths paths) {
        List<String> tokens = new ArrayList<>();
        for (State place : open) {
            String token = paths.patterns.get(place.pattern).get(place.position);
            if (!token.equals(ANY) && !token.equals(ANY_NUMBER)) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    /** Returns the state after a step that no pattern names. */
    PatternStates afterOther(IgnoredPaths paths) {
        return step(null, paths);
    }

    PatternStates after(String token, IgnoredPaths paths) {
        return step(token, paths);
    }

    private PatternStates step(@Nullable String token, IgnoredPaths paths) {
        Set<State> places = new LinkedHashSet<>();
        boolean complete = false;
        for (State place : open) {
            String expected = paths.patterns.get(place.pattern).get(place.position);
            if (expected.equals(ANY_NUMBER)) {
                complete |= reach(paths, place.pattern, place.position, places);
            } else if (expected.equals(ANY) || expected.equals(token)) {
                complete |= reach(paths, place.pattern, place.position + 1, places);
            }
        }
        return complete ? IGNORED : new PatternStates(places, false);
    }

    /**
     * Adds a position and those reachable from it without a step; returns whether the end of the pattern is reached.
     */
    private static boolean reach(IgnoredPaths paths, int pattern, int position, Set<State> places) {
        List<String> tokens = paths.patterns.get(pattern);
        for (int at = position; at < tokens.size(); at++) {
            places.add(new State(pattern, at));
            if (!tokens.get(at).equals(ANY_NUMBER)) {
                return false;
            }
        }
        return true;
    }
}
