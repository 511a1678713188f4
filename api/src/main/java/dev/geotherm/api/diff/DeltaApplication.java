package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;

/** Applies the changes of a delta one after another, and names the one that does not fit. */
final class DeltaApplication {
    private DeltaApplication() {}

    static JsonNode apply(StateDelta delta, JsonNode before) {
        WorkingState state = new WorkingState(before);
        for (int i = 0; i < delta.changes().size(); i++) {
            Change change = delta.changes().get(i);
            try {
                state.apply(change);
            } catch (DeltaException misfit) {
                throw new DeltaException(
                        "change " + i + " (" + change.kind() + " at '" + change.path() + "'): " + misfit.getMessage(),
                        misfit);
            }
        }
        return state.share();
    }
}
