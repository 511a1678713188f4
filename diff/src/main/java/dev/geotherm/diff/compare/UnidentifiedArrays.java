package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.geotherm.delta.Pointer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The largest pairs of arrays of objects with elements that were identified neither by a key nor by their content. */
final class UnidentifiedArrays {
    private static final int MAX_ARRAYS = 3;

    private final List<Pair> largest = new ArrayList<>();

    /**
     * Two versions of an array.
     *
     * @param path the path of the array in the later state
     * @param element the match of its elements with ignored paths
     */
    record Pair(Pointer path, ArrayNode before, ArrayNode after, PathMatch element) {
        int size() {
            return before.size() + after.size();
        }
    }

    void add(Pair pair) {
        largest.add(pair);
        if (largest.size() > MAX_ARRAYS) {
            largest.sort(Comparator.comparingInt(Pair::size).reversed());
            largest.remove(MAX_ARRAYS);
        }
    }

    List<Pair> list() {
        return List.copyOf(largest);
    }
}
