package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** The expansion of splices to replacements of whole texts, which are read from the state after the earlier changes. */
final class SpliceExpansion {
    private SpliceExpansion() {}

    static StateDelta of(StateDelta delta, JsonNode before) {
        if (delta.changes().stream().noneMatch(change -> change.kind() == ChangeKind.TEXT_SPLICED)) {
            return delta;
        }
        WorkingState state = new WorkingState(before);
        List<Change> changes = new ArrayList<>(delta.changes().size());
        for (int i = 0; i < delta.changes().size(); i++) {
            Change change = delta.changes().get(i);
            JsonNode old = change.kind() == ChangeKind.TEXT_SPLICED ? state.get(change.path()) : null;
            DeltaApplication.apply(state, change, i);
            changes.add(old == null ? change : whole(change, old));
        }
        return new StateDelta(changes);
    }

    private static Change whole(Change change, JsonNode old) {
        TextNode text = TextNode.valueOf(requireNonNull(change.splice()).in(old.textValue()));
        JsonNode carried = change.before() == null ? null : old;
        return Change.replaced(ChangeKind.MODIFIED, change.path(), carried, text, change.magnitude());
    }
}
