package dev.geotherm.testkit.anchor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The writer of the tracked state of a {@link PlainStore}, guarded by it. */
final class PlainStateWriter {
    private static final Pointer ANCHORS = Pointer.of("anchors");

    private final TrackedState state;
    private final StoreFault fault;
    private final Map<AnchorId, Long> removals = new HashMap<>();

    PlainStateWriter(TrackedState state, StoreFault fault) {
        this.state = state;
        this.fault = fault;
    }

    List<AnchorId> changedSince(long revision, Collection<PlainAnchor> anchors) {
        TreeSet<AnchorId> changed = new TreeSet<>();
        anchors.stream().filter(a -> a.revision > revision).forEach(a -> changed.add(a.id()));
        if (fault != StoreFault.REMOVALS_ARE_NO_CHANGES) {
            removals.forEach((id, at) -> changed.addAll(at > revision ? List.of(id) : List.of()));
        }
        return List.copyOf(changed);
    }

    RevisionDelta commit(Collection<PlainAnchor> anchors, Function<PlainAnchor, Anchor> copies) {
        List<AnchorId> gone = new ArrayList<>();
        RevisionDelta delta = state.edit(editor -> {
            editor.get(ANCHORS).fieldNames().forEachRemaining(id -> gone.add(new AnchorId(id)));
            anchors.forEach(anchor -> gone.remove(anchor.id()));
            gone.forEach(id -> editor.remove(ANCHORS.child(id.value())));
            anchors.stream()
                    .filter(anchor -> anchor.changed)
                    .forEach(anchor -> write(anchor, copies.apply(anchor), editor));
        });
        gone.forEach(id -> removals.put(id, delta.revision()));
        for (PlainAnchor anchor : anchors) {
            anchor.revision = anchor.moreThanHeat ? delta.revision() : anchor.revision;
            anchor.changed = false;
            anchor.moreThanHeat = false;
        }
        return delta;
    }

    private void write(PlainAnchor anchor, Anchor copy, StateEditor editor) {
        Pointer path = ANCHORS.child(anchor.id().value());
        ObjectNode json = PlainAnchor.json(copy);
        json.put("heat", anchor.notedHeat);
        if (editor.get(path) == null || fault == StoreFault.COMMIT_REPLACES_ALL) {
            editor.set(path, json);
        } else {
            json.properties().forEach(member -> editor.set(path.child(member.getKey()), member.getValue()));
        }
    }
}
