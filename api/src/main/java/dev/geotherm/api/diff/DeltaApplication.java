package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;

/** Applies the changes of a delta one after another, and names the one that does not fit. */
final class DeltaApplication {
    private DeltaApplication() {}

    static JsonNode apply(StateDelta delta, JsonNode before) {
        WorkingState state = new WorkingState(before);
        for (int i = 0; i < delta.changes().size(); i++) {
            apply(state, delta.changes().get(i), i);
        }
        return state.share();
    }

    static void apply(WorkingState state, Change change, int number) {
        try {
            state.apply(change);
        } catch (DeltaException misfit) {
            throw new DeltaException(
                    "change " + number + " (" + change.kind() + " at '" + change.path() + "'): " + misfit.getMessage(),
                    misfit);
        }
    }
}
