package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of two states: a simultaneous walk through both.
 *
 * <p>It recurses up to {@value #MAX_LEVEL} levels; deeper containers are the roots of further walks. This is correct
 * because later changes never alter the path of a container that already has changes inside it: arrays are reordered
 * before their elements are changed.
 */
public final class TreeComparison {
    private static final int MAX_LEVEL = 250;

    private final CompareRules rules;
    private final ChangeCollector findings;
    private final Equality equality;
    private final ArrayComparison arrays;
    private final Deque<DeferredPair> deferred = new ArrayDeque<>();
    private PathCursor trail = new PathCursor(Pointer.ROOT);
    private int level;
    private long work;

    private record DeferredPair(Pointer path, JsonNode a, JsonNode b, PathMatch match) {}

    private TreeComparison(CompareRules rules) {
        this.rules = rules;
        findings = new ChangeCollector(rules);
        equality = new Equality(rules.byValue());
        arrays = new ArrayComparison(this, rules, findings, equality);
    }

    public static StateDelta compare(JsonNode before, JsonNode after, CompareRules rules) {
        return compare(before, after, rules, matched -> {});
    }

    /** Returns the changes, and reports the arrays for which it inferred a key. */
    static StateDelta compare(
            JsonNode before, JsonNode after, CompareRules rules, Consumer<? super MatchedArray> matched) {
        TreeComparison comparison = new TreeComparison(rules);
        comparison.compareRoots(before, after);
        comparison.arrays.matched().forEach(matched);
        return comparison.findings.toDelta();
    }

    /** Returns the largest arrays with elements that are identified neither by a key nor by their content. */
    static List<UnidentifiedArrays.Pair> unidentified(JsonNode before, JsonNode after, CompareRules rules) {
        TreeComparison comparison = new TreeComparison(rules);
        comparison.compareRoots(before, after);
        return comparison.arrays.unidentified().list();
    }

    /** Returns the changes, and reports the number of steps, a measure of the cost that is independent of time. */
    static StateDelta measured(JsonNode before, JsonNode after, CompareRules rules, LongConsumer cost) {
        TreeComparison comparison = new TreeComparison(rules);
        comparison.compareRoots(before, after);
        cost.accept(comparison.work());
        return comparison.findings.toDelta();
    }

    private void compareRoots(JsonNode before, JsonNode after) {
        if (before.isMissingNode() || after.isMissingNode()) {
            if (!after.isMissingNode()) {
                findings.added(trail, after);
            } else if (!before.isMissingNode()) {
                findings.removed(trail, before);
            }
            return;
        }
        compare(before, after, rules.ignored().root());
        for (DeferredPair next = deferred.poll(); next != null; next = deferred.poll()) {
            trail = new PathCursor(next.path);
            compare(next.a, next.b, next.match);
        }
    }

    private long work() {
        return work + equality.work + arrays.work() + findings.count();
    }

    PathCursor trail() {
        return trail;
    }

    /** Compares the values at the current path. */
    @SuppressWarnings("ReferenceEquality") // shared subtrees need no comparison
    void compare(JsonNode a, JsonNode b, PathMatch match) {
        work++;
        if (a == b || match.ignored()) {
            return;
        } else if (a instanceof ObjectNode object && b instanceof ObjectNode other) {
            compareContainers(object, other, match);
        } else if (a instanceof ArrayNode array && b instanceof ArrayNode other) {
            compareContainers(array, other, match);
        } else if (!equality.sameScalars(a, b)) {
            findings.replaced(trail, a, b);
        }
    }

    private void compareContainers(JsonNode a, JsonNode b, PathMatch match) {
        if (trail.depth() >= rules.depthLimit()) {
            if (!equality.same(a, b, match)) {
                findings.replaced(trail, a, b);
            }
            return;
        } else if (level == MAX_LEVEL) {
            deferred.add(new DeferredPair(trail.pointer(), a, b, match));
            return;
        }
        int count = findings.count();
        long overhead = findings.overhead();
        int before = deferred.size();
        level++;
        if (a instanceof ObjectNode object) {
            compareMembers(object, (ObjectNode) b, match);
        } else {
            arrays.compare((ArrayNode) a, (ArrayNode) b, match);
        }
        level--;
        if (deferred.size() == before) {
            findings.coarsen(trail, a, b, count, overhead);
        }
    }

    /**
     * Compares members pairwise while both objects have them in the same order, except for removed and new ones; after
     * that, by look-ups.
     */
    private void compareMembers(ObjectNode a, ObjectNode b, PathMatch match) {
        Iterator<Map.Entry<String, JsonNode>> others = b.properties().iterator();
        Map.@Nullable Entry<String, JsonNode> beside = next(others);
        boolean inOrder = true;
        int passed = 0;
        int found = 0;
        for (Map.Entry<String, JsonNode> member : a.properties()) {
            String name = member.getKey();
            if (inOrder) {
                while (beside != null && !name.equals(beside.getKey()) && !a.has(beside.getKey())) {
                    Map.Entry<String, JsonNode> isNew = beside;
                    beside = next(others);
                    passed++;
                    added(isNew, match);
                }
                if (beside != null && name.equals(beside.getKey())) {
                    JsonNode other = beside.getValue();
                    beside = next(others);
                    passed++;
                    compareMember(name, member.getValue(), other, match);
                    continue;
                }
                inOrder = !b.has(name);
            }
            JsonNode other = inOrder ? null : b.get(name);
            if (other == null) {
                removed(member, match);
            } else {
                compareMember(name, member.getValue(), other, match);
                found++;
            }
        }
        if (passed + found < b.size()) {
            addRest(a, b, inOrder, passed, match);
        }
    }

    private static Map.@Nullable Entry<String, JsonNode> next(Iterator<Map.Entry<String, JsonNode>> members) {
        return members.hasNext() ? members.next() : null;
    }

    @SuppressWarnings("ReferenceEquality") // shared subtrees need no comparison
    private void compareMember(String name, JsonNode a, JsonNode b, PathMatch match) {
        work++;
        if (a == b) {
            return;
        }
        PathMatch child = match.member(name);
        if (a instanceof ContainerNode && b instanceof ContainerNode) {
            trail.enter(name);
            compare(a, b, child);
            trail.leave();
        } else if (!child.ignored() && !equality.sameScalars(a, b)) {
            trail.enter(name);
            findings.replaced(trail, a, b);
            trail.leave();
        }
    }

    /**
     * Adds the remaining members of the later object, after those that were compared pairwise, except members that
     * look-ups have found. It iterates again, because an iterator that escapes could no longer be allocated on the
     * stack.
     */
    private void addRest(ObjectNode a, ObjectNode b, boolean inOrder, int passed, PathMatch match) {
        int index = 0;
        for (Map.Entry<String, JsonNode> member : b.properties()) {
            work++;
            if (index++ >= passed && (inOrder || !a.has(member.getKey()))) {
                added(member, match);
            }
        }
    }

    private void added(Map.Entry<String, JsonNode> member, PathMatch match) {
        if (!match.member(member.getKey()).ignored()) {
            trail.enter(member.getKey());
            findings.added(trail, member.getValue());
            trail.leave();
        }
    }

    private void removed(Map.Entry<String, JsonNode> member, PathMatch match) {
        if (!match.member(member.getKey()).ignored()) {
            trail.enter(member.getKey());
            findings.removed(trail, member.getValue());
            trail.leave();
        }
    }
}
