package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Pointer;
import java.util.HashMap;
import java.util.Map;

/**
 * The comparison of two arrays: equal elements are aligned, and between them the elements that are left are compared
 * pair by pair, the rest of them removed or added.
 */
final class ArrayComparison {
    /** Longer arrays of scalars that have little in common are replaced as a whole, because details would be larger. */
    private static final int FEW = 8;

    private final TreeComparison tree;
    private final Pointer path;
    private final PathMatch match;

    ArrayComparison(TreeComparison tree, Pointer path, PathMatch match) {
        this.tree = tree;
        this.path = path;
        this.match = match;
    }

    void compare(JsonNode a, JsonNode b) {
        if (match.byIndex()) {
            compareByIndex(a, b);
        } else if (!match.element(0).ignored()) {
            align(a, b, match.element(0));
        }
    }

    /** Where paths with certain indices are ignored, elements may not be aligned with those at other indices. */
    private void compareByIndex(JsonNode a, JsonNode b) {
        int common = Math.min(a.size(), b.size());
        for (int i = 0; i < common; i++) {
            tree.compare(path.child(i), a.get(i), b.get(i), match.element(i));
        }
        int gone = common;
        while (gone < a.size() && match.element(gone).ignored()) {
            gone++;
        }
        for (int i = a.size() - 1; i >= gone; i--) {
            tree.remove(path.child(i), a.get(i));
        }
        int come = b.size();
        while (come > common && match.element(come - 1).ignored()) {
            come--;
        }
        for (int i = common; i < come; i++) {
            tree.add(path.child(i), b.get(i));
        }
    }

    private void align(JsonNode a, JsonNode b, PathMatch element) {
        int shorter = Math.min(a.size(), b.size());
        int head = 0;
        while (head < shorter && CountedEquality.same(a.get(head), b.get(head), element)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && CountedEquality.same(a.get(a.size() - 1 - tail), b.get(b.size() - 1 - tail), element)) {
            tail++;
        }
        int aEnd = a.size() - tail;
        int bEnd = b.size() - tail;
        Map<ElementKey, Integer> ids = new HashMap<>();
        int[] aIds = ids(a, head, aEnd, element, ids);
        int[] bIds = ids(b, head, bEnd, element, ids);
        int[] partners = ArrayAlignment.align(aIds, bIds);
        if (isLittle(head + tail, partners, a, b)) {
            tree.replace(path, a, b);
            return;
        }
        int i = head;
        int j = head;
        for (int k = 0; k < partners.length; k++) {
            if (partners[k] >= 0) {
                gap(a, i, head + k, b, j, head + partners[k], element);
                i = head + k + 1;
                j = head + partners[k] + 1;
            }
        }
        gap(a, i, aEnd, b, j, bEnd, element);
    }

    private static int[] ids(JsonNode array, int from, int to, PathMatch element, Map<ElementKey, Integer> ids) {
        int[] found = new int[to - from];
        for (int i = from; i < to; i++) {
            JsonNode value = array.get(i);
            ElementKey key = new ElementKey(value, StateHash.of(value, element), element);
            int next = ids.size();
            found[i - from] = ids.computeIfAbsent(key, absent -> next);
        }
        return found;
    }

    private static boolean isLittle(int kept, int[] partners, JsonNode a, JsonNode b) {
        int longer = Math.max(a.size(), b.size());
        int all = kept;
        for (int partner : partners) {
            all += partner >= 0 ? 1 : 0;
        }
        return longer > FEW && all < longer / 2 && isOfScalars(a) && isOfScalars(b);
    }

    private static boolean isOfScalars(JsonNode array) {
        for (JsonNode element : array) {
            if (element.isContainerNode()) {
                return false;
            }
        }
        return true;
    }

    /** Everything before the gap is as it is to be, so elements stand at their new indices. */
    private void gap(JsonNode a, int aFrom, int aTo, JsonNode b, int bFrom, int bTo, PathMatch element) {
        int pairs = Math.min(aTo - aFrom, bTo - bFrom);
        for (int k = 0; k < pairs; k++) {
            tree.compare(path.child(bFrom + k), a.get(aFrom + k), b.get(bFrom + k), element);
        }
        for (int i = aTo - 1; i >= aFrom + pairs; i--) {
            tree.remove(path.child(bFrom + i - aFrom), a.get(i));
        }
        for (int j = bFrom + pairs; j < bTo; j++) {
            tree.add(path.child(j), b.get(j));
        }
    }
}
