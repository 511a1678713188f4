package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.json.JsonSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of arrays. The changes first reorder the array: elements are removed from last to first, then added or
 * moved from first to last. Changes inside elements follow, at their new indices.
 */
final class ArrayComparison {
    /**
     * In arrays with more elements, equal elements can be moved unnecessarily if only some of them are shared
     * instances.
     */
    private static final int MAX_WATCHED = 1_000;

    private final TreeComparison tree;
    private final CompareRules rules;
    private final ChangeCollector findings;
    private final Equality equality;
    private final StructuralHash hash = new StructuralHash();
    private final List<MatchedArray> matched = new ArrayList<>();
    private final UnidentifiedArrays unidentified = new UnidentifiedArrays();

    ArrayComparison(TreeComparison tree, CompareRules rules, ChangeCollector findings, Equality equality) {
        this.tree = tree;
        this.rules = rules;
        this.findings = findings;
        this.equality = equality;
    }

    long work() {
        return hash.work;
    }

    void compare(ArrayNode a, ArrayNode b, PathMatch match) {
        if (match.byIndex()) {
            compareByIndex(a, b, match);
        } else if (!match.element(0).ignored()) {
            align(a, b, match.element(0));
        }
    }

    /** Compares elements with equal indices, because ignored paths depend on indices. */
    private void compareByIndex(ArrayNode a, ArrayNode b, PathMatch match) {
        int common = Math.min(a.size(), b.size());
        for (int i = 0; i < common; i++) {
            compareAt(i, a.get(i), b.get(i), match.element(i));
        }
        int gone = common;
        while (gone < a.size() && match.element(gone).ignored()) {
            gone++;
        }
        for (int i = a.size() - 1; i >= gone; i--) {
            removeAt(i, a.get(i));
        }
        int come = b.size();
        while (come > common && match.element(come - 1).ignored()) {
            come--;
        }
        for (int i = common; i < come; i++) {
            addAt(i, b.get(i));
        }
    }

    private void align(ArrayNode a, ArrayNode b, PathMatch element) {
        int shorter = Math.min(a.size(), b.size());
        int head = 0;
        boolean single = a.size() == b.size();
        while (head < shorter && !(single && head == shorter - 1) && equality.same(a.get(head), b.get(head), element)) {
            head++;
        }
        if (single && head >= shorter - 1) {
            if (head < shorter) {
                compareAt(head, a.get(head), b.get(head), element);
            }
            return;
        }
        int[] keyed = head == shorter ? null : sourcesByKey(a, b, element);
        if (keyed != null) {
            ElementSources sources = ElementSources.byKey(keyed, a.size(), head, rules.moves(), equality);
            emit(a, b, 0, a.size(), b.size(), sources, element, false);
        } else {
            alignByContent(a, b, head, element);
        }
    }

    private int @Nullable [] sourcesByKey(ArrayNode a, ArrayNode b, PathMatch element) {
        if (a.get(0).isObject() && b.get(0).isObject()) {
            for (ElementKey key : rules.keys().of(tree.trail().pointer())) {
                int[] sources = key.isIgnored(element) ? null : KeyedElements.all(a, b, key, equality, hash);
                if (sources != null) {
                    return sources;
                }
            }
        }
        return null;
    }

    private void alignByContent(ArrayNode a, ArrayNode b, int head, PathMatch element) {
        int aEnd = a.size();
        int bEnd = b.size();
        while (aEnd > head && bEnd > head && equality.same(a.get(aEnd - 1), b.get(bEnd - 1), element)) {
            aEnd--;
            bEnd--;
        }
        if (aEnd == head + 1 && bEnd == head + 1) {
            compareAt(head, a.get(head), b.get(head), element);
            return;
        }
        ElementIds ids = new ElementIds(a, aEnd, b, bEnd, head, element, equality, hash);
        ElementSources sources = ElementSources.byContent(ids.a, ids.b, ids.count(), rules.moves(), equality);
        NaturalKey.KeyMatch natural = sources.isPairedByOrder() ? naturalKey(a, b, element) : null;
        if (natural == null) {
            emit(a, b, head, aEnd, bEnd, sources, element, ids.byInstance() && ids.a.length <= MAX_WATCHED);
        } else {
            matched.add(new MatchedArray(tree.trail().pointer(), natural.key.toString()));
            int[] all = FreeElements.match(natural.elements, a.size(), ids, head);
            sources = ElementSources.byKey(all, a.size(), head, rules.moves(), equality);
            emit(a, b, 0, a.size(), b.size(), sources, element, false);
        }
    }

    private NaturalKey.@Nullable KeyMatch naturalKey(ArrayNode a, ArrayNode b, PathMatch element) {
        Pointer array = tree.trail().pointer();
        NaturalKey.KeyMatch found = NaturalKey.find(a, b, element, rules.keys().of(array), equality, hash);
        if (found == null && a.get(0).isObject() && b.get(0).isObject()) {
            unidentified.add(new UnidentifiedArrays.Pair(array, a, b, element));
        }
        return found;
    }

    /** Returns the largest arrays with elements that were identified neither by a key nor by their content. */
    UnidentifiedArrays unidentified() {
        return unidentified;
    }

    /** Returns the arrays in which an inferred member, one without a rule, identified the elements. */
    List<MatchedArray> matched() {
        return matched;
    }

    private void emit(
            ArrayNode a,
            ArrayNode b,
            int head,
            int aEnd,
            int bEnd,
            ElementSources sources,
            PathMatch element,
            boolean watched) {
        boolean[] kept = new boolean[aEnd - head];
        int moves = 0;
        for (int j = 0; j < bEnd - head; j++) {
            if (sources.of(j) >= 0) {
                kept[sources.of(j)] = true;
                moves += sources.stays(j) ? 0 : 1;
            }
        }
        if (isSmallerAsAWhole(a, b, head, sources, kept, moves)) {
            findings.replaced(tree.trail(), a, b);
            return;
        }
        for (int i = kept.length - 1; i >= 0; i--) {
            if (!kept[i]) {
                removeAt(head + i, a.get(head + i));
            }
        }
        FenwickTree positions = moves == 0 ? null : positions(kept);
        ElementOrder arrangement = moves == 0 || !watched ? null : ElementOrder.of(a, head, kept, equality, element);
        int last = 0;
        for (int j = 0; j < bEnd - head; j++) {
            int source = sources.of(j);
            if (source >= 0 && sources.stays(j)) {
                last = source + 1;
            } else {
                place(source, last, head, j, b.get(head + j), positions, arrangement);
            }
        }
        for (int j = 0; j < bEnd - head; j++) {
            int source = sources.of(j);
            if (source >= 0 && !sources.isKnownEqual(j)) {
                compareAt(head + j, a.get(head + source), b.get(head + j), element);
            }
        }
    }

    /** Positions count from 1, so that the position before all kept elements also exists. */
    private static FenwickTree positions(boolean[] kept) {
        FenwickTree positions = new FenwickTree(kept.length + 1);
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                positions.add(i + 1, 1);
            }
        }
        return positions;
    }

    /**
     * Inserts a new or moved element after the last kept element and all elements already inserted there. Elements that
     * move later can still be in between.
     */
    private void place(
            int source,
            int last,
            int head,
            int j,
            JsonNode value,
            @Nullable FenwickTree positions,
            @Nullable ElementOrder arrangement) {
        PathCursor trail = tree.trail();
        if (positions == null) {
            addAt(head + j, value);
            return;
        }
        equality.work++;
        if (source < 0) {
            int to = positions.before(last + 1);
            addAt(head + to, value);
            if (arrangement != null) {
                arrangement.add(to, value);
            }
        } else {
            int from = positions.before(source + 1);
            positions.add(source + 1, -1);
            int to = positions.before(last + 1);
            if (from != to && (arrangement == null || arrangement.move(from, to))) {
                Pointer array = trail.pointer();
                trail.enter(head + to);
                findings.moved(trail, array.child(head + from));
                trail.leave();
            }
        }
        positions.add(last, 1);
    }

    /**
     * Returns whether a replacement of the whole array is smaller, before any changes are created; cheap for arrays of
     * scalars.
     */
    private boolean isSmallerAsAWhole(
            ArrayNode a, ArrayNode b, int head, ElementSources sources, boolean[] kept, int moves) {
        if (a.size() <= head
                || b.size() <= head
                || a.get(head).isContainerNode()
                || b.get(head).isContainerNode()) {
            return false;
        }
        long details = moves * (ChangeOptions.OVERHEAD + 6L);
        for (int i = 0; i < kept.length; i++) {
            if (!kept[i]) {
                details += cost(a.get(head + i), null);
            }
        }
        for (int j = 0; j < sources.size(); j++) {
            int source = sources.of(j);
            if (source < 0) {
                details += cost(null, b.get(head + j));
            } else if (!sources.isKnownEqual(j)) {
                details += cost(a.get(head + source), b.get(head + j));
            }
        }
        return details > ChangeOptions.OVERHEAD && findings.sizeOf(a, b, details) + ChangeOptions.OVERHEAD < details;
    }

    /** Returns the cost of a change of a scalar, or a large negative number if only a full comparison can tell. */
    private long cost(@Nullable JsonNode a, @Nullable JsonNode b) {
        long cost = ChangeOptions.OVERHEAD + 3;
        for (JsonNode value : new @Nullable JsonNode[] {rules.changes().reversible() ? a : null, b}) {
            if (value != null) {
                boolean open = value.isContainerNode()
                        || (value.isTextual()
                                && value.textValue().length() >= rules.changes().spliceFrom());
                cost += open ? Integer.MIN_VALUE : JsonSize.of(value, Integer.MAX_VALUE);
            }
        }
        return cost;
    }

    private void compareAt(int index, JsonNode a, JsonNode b, PathMatch match) {
        PathCursor trail = tree.trail();
        trail.enter(index);
        tree.compare(a, b, match);
        trail.leave();
    }

    private void removeAt(int index, JsonNode value) {
        PathCursor trail = tree.trail();
        trail.enter(index);
        findings.removed(trail, value);
        trail.leave();
    }

    private void addAt(int index, JsonNode value) {
        PathCursor trail = tree.trail();
        trail.enter(index);
        findings.added(trail, value);
        trail.leave();
    }
}
