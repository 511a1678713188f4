package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Change;
import dev.geotherm.api.diff.ChangeKind;
import dev.geotherm.api.diff.Pointer;
import dev.geotherm.api.diff.StateDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One comparison of two states: a walk through both at once that recurses down to the depth limit, never deeper. */
final class TreeComparison {
    private final int depthLimit;
    private final List<Change> changes = new ArrayList<>();

    private TreeComparison(int depthLimit) {
        this.depthLimit = depthLimit;
    }

    static StateDelta compare(JsonNode before, JsonNode after, int depthLimit, IgnoredPaths ignored) {
        TreeComparison comparison = new TreeComparison(depthLimit);
        if (before.isMissingNode() && !after.isMissingNode()) {
            comparison.changes.add(Change.added(Pointer.ROOT, after));
        } else if (after.isMissingNode() && !before.isMissingNode()) {
            comparison.changes.add(Change.removed(Pointer.ROOT, before));
        } else {
            comparison.compare(Pointer.ROOT, before, after, ignored.root());
        }
        return new StateDelta(comparison.changes);
    }

    @SuppressWarnings("ReferenceEquality") // parts that states share need no look inside
    void compare(Pointer path, JsonNode a, JsonNode b, PathMatch match) {
        if (a == b || match.ignored()) {
            return;
        }
        boolean details = a.isContainerNode() && a.getNodeType() == b.getNodeType() && path.depth() < depthLimit;
        if (!details) {
            if (!CountedEquality.same(a, b, match)) {
                replace(path, a, b);
            }
        } else if (a.isObject()) {
            compareMembers(path, a, b, match);
        } else {
            new ArrayComparison(this, path, match).compare(a, b);
        }
    }

    private void compareMembers(Pointer path, JsonNode a, JsonNode b, PathMatch match) {
        for (Map.Entry<String, JsonNode> member : a.properties()) {
            String name = member.getKey();
            JsonNode other = b.get(name);
            PathMatch child = match.member(name);
            if (other != null) {
                compare(path.child(name), member.getValue(), other, child);
            } else if (!child.ignored()) {
                remove(path.child(name), member.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> member : b.properties()) {
            String name = member.getKey();
            if (!a.has(name) && !match.member(name).ignored()) {
                add(path.child(name), member.getValue());
            }
        }
    }

    void replace(Pointer path, JsonNode a, JsonNode b) {
        changes.add(Change.replaced(ChangeKind.ofReplacement(a, b), path, a, b, Magnitude.of(a, b)));
    }

    void add(Pointer path, JsonNode value) {
        changes.add(Change.added(path, value));
    }

    void remove(Pointer path, JsonNode value) {
        changes.add(Change.removed(path, value));
    }
}
