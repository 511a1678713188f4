package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application of a delta, change by change; the exception names the change that does not apply. */
final class DeltaApplication {
    private DeltaApplication() {}

    static JsonNode apply(StateDelta delta, JsonNode before) {
        WorkingState state = new WorkingState(before);
        for (int i = 0; i < delta.changes().size(); i++) {
            apply(state, delta.changes().get(i), i);
        }
        return state.share();
    }

    /** Applies the changes to the state itself, and rolls back if one does not apply. */
    static JsonNode applyInPlace(StateDelta delta, JsonNode before) {
        WorkingState state = WorkingState.inPlace(before);
        List<List<Change>> undo = new ArrayList<>(delta.changes().size());
        try {
            for (int i = 0; i < delta.changes().size(); i++) {
                Change change = delta.changes().get(i);
                JsonNode old = change.kind() == ChangeKind.ADDED ? null : state.get(change.path());
                apply(state, change, i);
                undo.add(opposite(change, old));
            }
        } catch (DeltaException misfit) {
            state.undoing();
            for (int i = undo.size() - 1; i >= 0; i--) {
                undo.get(i).forEach(state::apply);
            }
            throw misfit;
        }
        return state.share();
    }

    private static List<Change> opposite(Change change, @Nullable JsonNode old) {
        if (change.kind() == ChangeKind.ADDED) {
            return List.of(Change.removed(change.path(), null));
        } else if (change.from() != null) {
            return DeltaInversion.unmove(change.from(), change.path());
        }
        JsonNode value = requireNonNull(old);
        return List.of(
                change.kind() == ChangeKind.REMOVED
                        ? Change.added(change.path(), value)
                        : Change.replaced(ChangeKind.MODIFIED, change.path(), null, value, 0));
    }

    static void apply(WorkingState state, Change change, int number) {
        state.apply(change, number);
    }
}
