package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The simplest comparison of two states that fulfils the contract; values are equal if their hashes are. */
class ReferenceComparison {
    final DifferLimits limits;
    private final List<Change> changes = new ArrayList<>();

    ReferenceComparison(DifferLimits limits) {
        this.limits = limits;
    }

    StateDelta between(JsonNode before, JsonNode after) {
        compare(before, after, Pointer.ROOT);
        return new StateDelta(changes);
    }

    private Fingerprint hash(JsonNode value, Pointer path) {
        return ReferenceHash.of(value, path, limits);
    }

    private void compare(JsonNode a, JsonNode b, Pointer path) {
        if (hash(a, path).equals(hash(b, path))) {
            return;
        }
        boolean details = path.depth() < limits.depthLimit();
        if (details && a.isObject() && b.isObject()) {
            compareMembers(a, b, path);
        } else if (details
                && a.isArray()
                && b.isArray()
                && limits.ignoredPaths().isEmpty()) {
            compareElements(a, b, path);
        } else if (a.isTextual() && b.isTextual()) {
            compareTexts(a, b, path);
        } else {
            replaced(a, b, path);
        }
    }

    private void replaced(JsonNode a, JsonNode b, Pointer path) {
        changes.add(Change.replaced(ChangeKind.ofReplacement(a, b), path, carried(a), b, 1));
    }

    private JsonNode carried(JsonNode gone) {
        return limits.shape().reversible() ? gone : null;
    }

    private void compareMembers(JsonNode a, JsonNode b, Pointer path) {
        for (Map.Entry<String, JsonNode> member : a.properties()) {
            Pointer child = path.child(member.getKey());
            JsonNode other = b.get(member.getKey());
            if (ReferenceHash.ignores(limits, child)) {
                continue;
            } else if (other == null) {
                changes.add(Change.removed(child, carried(member.getValue())));
            } else {
                compare(member.getValue(), other, child);
            }
        }
        for (Map.Entry<String, JsonNode> member : b.properties()) {
            Pointer child = path.child(member.getKey());
            if (!a.has(member.getKey()) && !ReferenceHash.ignores(limits, child)) {
                changes.add(Change.added(child, member.getValue()));
            }
        }
    }

    private void compareElements(JsonNode a, JsonNode b, Pointer path) {
        String key = ReferenceKeys.of(limits, path);
        boolean keyed = key != null && ReferenceKeys.tellApart(a, key) && ReferenceKeys.tellApart(b, key);
        List<Object> from = ids(a, keyed ? key : null);
        List<Object> to = ids(b, keyed ? key : null);
        ReferenceOrder order = new ReferenceOrder(from, to, limits.shape().moves());
        if (!keyed && a.size() == b.size() && order.isOnlyReplaced()) {
            for (int i = 0; i < a.size(); i++) {
                compare(a.get(i), b.get(i), path.child(i));
            }
            return;
        }
        order.steps(step -> {
            Pointer place = path.child(step.index());
            changes.add(
                    step.target() < 0
                            ? Change.removed(place, carried(a.get(step.source())))
                            : step.source() < 0
                                    ? Change.added(place, b.get(step.target()))
                                    : Change.moved(path.child(step.from()), place));
        });
        for (int i = 0; keyed && i < b.size(); i++) {
            if (order.sources()[i] >= 0) {
                compare(a.get(order.sources()[i]), b.get(i), path.child(i));
            }
        }
    }

    private List<Object> ids(JsonNode array, String key) {
        List<Object> ids = new ArrayList<>();
        array.forEach(element -> ids.add(hash(key == null ? element : element.get(key), Pointer.ROOT)));
        return ids;
    }

    private void compareTexts(JsonNode a, JsonNode b, Pointer path) {
        String was = a.textValue();
        String is = b.textValue();
        int head = head(was, is);
        int tail = 0;
        while (tail < Math.min(was.length(), is.length()) - head
                && was.charAt(was.length() - 1 - tail) == is.charAt(is.length() - 1 - tail)) {
            tail++;
        }
        if (tail > 0 && !splits() && Character.isLowSurrogate(was.charAt(was.length() - tail))) {
            tail--;
        }
        int from = limits.shape().spliceFrom();
        if (from == 0 || Math.min(was.length(), is.length()) < from || head + tail == 0) {
            replaced(a, b, path);
            return;
        }
        String piece = was.substring(head, was.length() - tail);
        TextSplice splice = new TextSplice(head, piece.length(), is.substring(head, is.length() - tail));
        changes.add(Change.spliced(path, carried(TextNode.valueOf(piece)), splice, 1));
    }

    private int head(String was, String is) {
        int head = 0;
        while (head < Math.min(was.length(), is.length()) && was.charAt(head) == is.charAt(head)) {
            head++;
        }
        return head > 0 && !splits() && Character.isHighSurrogate(was.charAt(head - 1)) ? head - 1 : head;
    }

    /** Returns whether a splice may begin or end inside a character. */
    boolean splits() {
        return false;
    }
}
