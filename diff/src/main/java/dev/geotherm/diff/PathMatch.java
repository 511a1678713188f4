package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/** How far a walk from the root has come in each pattern of {@link IgnoredPaths}; immutable. */
final class PathMatch {
    private static final String ANY = "*";
    private static final String ANY_NUMBER = "**";

    private final IgnoredPaths paths;
    /** Pattern and position within it, in turn. */
    private final int[] places;

    private final boolean ignored;

    private PathMatch(IgnoredPaths paths, int[] places, boolean ignored) {
        this.paths = paths;
        this.places = places;
        this.ignored = ignored;
    }

    static PathMatch root(IgnoredPaths paths) {
        Places all = new Places(paths);
        for (int pattern = 0; pattern < paths.patterns.size(); pattern++) {
            all.add(pattern, 0);
        }
        return all.toMatch(false);
    }

    /** Returns whether the path does not count, and nothing below it. */
    boolean ignored() {
        return ignored;
    }

    /** Returns whether every path below counts. */
    boolean none() {
        return places.length == 0 && paths.names.isEmpty();
    }

    /** Returns whether it matters at which index an element stands. */
    boolean byIndex() {
        for (int i = 0; i < places.length; i += 2) {
            String token = paths.patterns.get(places[i]).get(places[i + 1]);
            if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
                return true;
            }
        }
        return false;
    }

    PathMatch member(String name) {
        return none() ? this : step(name, paths.names.contains(name));
    }

    PathMatch element(int index) {
        return none() ? this : step(Integer.toString(index), false);
    }

    PathMatch child(JsonNode container, String token) {
        return container.isObject() ? member(token) : step(token, false);
    }

    private PathMatch step(String token, boolean named) {
        Places next = new Places(paths);
        for (int i = 0; i < places.length; i += 2) {
            String expected = paths.patterns.get(places[i]).get(places[i + 1]);
            if (expected.equals(ANY_NUMBER)) {
                next.add(places[i], places[i + 1]);
            } else if (expected.equals(ANY) || expected.equals(token)) {
                next.add(places[i], places[i + 1] + 1);
            }
        }
        return next.toMatch(named);
    }

    /** Gathers places, each once. */
    private static final class Places {
        private final IgnoredPaths paths;
        private int[] found = new int[4];
        private int size;
        private boolean complete;

        Places(IgnoredPaths paths) {
            this.paths = paths;
        }

        void add(int pattern, int position) {
            int end = paths.patterns.get(pattern).size();
            int at = position;
            while (at < end) {
                keep(pattern, at);
                if (!paths.patterns.get(pattern).get(at).equals(ANY_NUMBER)) {
                    return;
                }
                at++;
            }
            complete = true;
        }

        private void keep(int pattern, int position) {
            for (int i = 0; i < size; i += 2) {
                if (found[i] == pattern && found[i + 1] == position) {
                    return;
                }
            }
            if (size == found.length) {
                found = Arrays.copyOf(found, size * 2);
            }
            found[size++] = pattern;
            found[size++] = position;
        }

        PathMatch toMatch(boolean named) {
            return new PathMatch(paths, Arrays.copyOf(found, size), named || complete);
        }
    }
}
