package dev.geotherm.testkit.diff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The steps from one list to another: the longest common subsequence stays, all other elements are removed, added or
 * moved.
 */
final class ReferenceOrder {
    private final int[] sources;
    private final boolean[] stays;
    private final boolean[] kept;

    /**
     * A removal (no target), an addition (no source) or a move of an element, with the indices in the list at that
     * time.
     */
    record Step(int source, int target, int from, int index) {}

    ReferenceOrder(List<?> before, List<?> after, boolean moves) {
        Map<Object, Deque<Integer>> places = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            places.computeIfAbsent(before.get(i), id -> new ArrayDeque<>()).add(i);
        }
        sources = new int[after.size()];
        for (int j = 0; j < sources.length; j++) {
            Integer source =
                    places.getOrDefault(after.get(j), new ArrayDeque<>()).poll();
            sources[j] = source == null ? -1 : source;
        }
        stays = longestRun(sources);
        kept = new boolean[before.size()];
        for (int j = 0; j < sources.length; j++) {
            if (!moves && !stays[j]) {
                sources[j] = -1;
            }
            if (sources[j] >= 0) {
                kept[sources[j]] = true;
            }
        }
    }

    /** Returns for each element of the later list its index in the earlier one, or -1. */
    int[] sources() {
        return sources;
    }

    /** Returns whether some elements are new and all others have kept their positions. */
    boolean isOnlyReplaced() {
        for (int j = 0; j < sources.length; j++) {
            if (sources[j] >= 0 && sources[j] != j) {
                return false;
            }
        }
        return true;
    }

    void steps(Consumer<Step> steps) {
        List<Integer> list = new ArrayList<>();
        for (int i = kept.length - 1; i >= 0; i--) {
            if (kept[i]) {
                list.add(0, i);
            } else {
                steps.accept(new Step(i, -1, -1, i));
            }
        }
        boolean inOrder = true;
        for (int j = 0; j < sources.length; j++) {
            inOrder &= sources[j] < 0 || stays[j];
        }
        for (int j = 0; j < sources.length; j++) {
            if (!stays[j]) {
                int from = sources[j] < 0 ? -1 : list.indexOf(sources[j]);
                if (from >= 0) {
                    list.remove(from);
                }
                // New elements have negative numbers.
                int to = inOrder || j == 0 ? j : list.indexOf(sources[j - 1] < 0 ? -j : sources[j - 1]) + 1;
                list.add(to, sources[j] < 0 ? -1 - j : sources[j]);
                if (from != to) {
                    steps.accept(new Step(sources[j], j, from, to));
                }
            }
        }
    }

    private static boolean[] longestRun(int[] sources) {
        int[] last = new int[sources.length];
        int[] previous = new int[sources.length];
        int longest = 0;
        for (int j = 0; j < sources.length; j++) {
            int low = 0;
            for (int high = longest; sources[j] >= 0 && low < high; ) {
                int middle = (low + high) / 2;
                if (sources[last[middle]] < sources[j]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if (sources[j] >= 0) {
                previous[j] = low == 0 ? -1 : last[low - 1];
                last[low] = j;
                longest = Math.max(longest, low + 1);
            }
        }
        boolean[] run = new boolean[sources.length];
        for (int j = longest == 0 ? -1 : last[longest - 1]; j >= 0; j = previous[j]) {
            run[j] = true;
        }
        return run;
    }
}
