package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.util.ArrayList;
import java.util.List;

/** A generator of test deltas that needs no differ. It compares members by name and elements by index, a few levels deep. */
final class RandomDeltas {
    private static final int LEVELS = 20;

    private final List<Change> changes = new ArrayList<>();

    private RandomDeltas() {}

    static StateDelta between(JsonNode before, JsonNode after) {
        RandomDeltas deltas = new RandomDeltas();
        deltas.compare(before, after, Pointer.ROOT);
        return new StateDelta(deltas.changes);
    }

    private void compare(JsonNode a, JsonNode b, Pointer path) {
        if (JsonEquality.same(a, b)) {
            return;
        }
        if (path.depth() < LEVELS && a.isObject() && b.isObject()) {
            a.properties().forEach(member -> {
                Pointer child = path.child(member.getKey());
                JsonNode other = b.get(member.getKey());
                if (other == null) {
                    changes.add(Change.removed(child, member.getValue()));
                } else {
                    compare(member.getValue(), other, child);
                }
            });
            b.properties().forEach(member -> {
                if (!a.has(member.getKey())) {
                    changes.add(Change.added(path.child(member.getKey()), member.getValue()));
                }
            });
        } else if (path.depth() < LEVELS && a.isArray() && b.isArray()) {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                compare(a.get(i), b.get(i), path.child(i));
            }
            for (int i = a.size() - 1; i >= b.size(); i--) {
                changes.add(Change.removed(path.child(i), a.get(i)));
            }
            for (int i = a.size(); i < b.size(); i++) {
                changes.add(Change.added(path.child(i), b.get(i)));
            }
        } else {
            double magnitude = changes.size() % 7 / 7.0;
            changes.add(Change.replaced(ChangeKind.ofReplacement(a, b), path, a, b, magnitude));
        }
    }
}
