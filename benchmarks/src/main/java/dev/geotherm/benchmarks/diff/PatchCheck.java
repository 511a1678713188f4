package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.flipkart.zjsonpatch.JsonPatch;
import dev.geotherm.delta.StateDelta;

/**
 * A check that a JSON Patch, parsed from text, turns one state into the other, with Geotherm's and zjsonpatch's
 * applier.
 */
final class PatchCheck {
    private PatchCheck() {}

    static String verdict(StatePair pair, byte[] patchText) {
        JsonNode patch = StatePair.parse(patchText);
        JsonNode expected = StatePair.parse(pair.afterText());
        String ours = tried(
                expected, () -> StateDelta.ofJsonPatch(patch, pair.before()).applyTo(pair.before()));
        String theirs = tried(expected, () -> JsonPatch.apply(patch, pair.before()));
        if (!pair.before().equals(pair.beforeAgain()) || !pair.after().equals(expected)) {
            return "WRONG: the input was changed";
        }
        return ours.equals("right") && theirs.equals("right")
                ? "right"
                : "WRONG: Geotherm's applier " + ours + ", zjsonpatch's " + theirs;
    }

    private interface Applying {
        JsonNode apply();
    }

    private static String tried(JsonNode expected, Applying applying) {
        try {
            return applying.apply().equals(expected) ? "right" : "gives another state";
        } catch (RuntimeException | StackOverflowError e) {
            return "fails: " + e;
        }
    }
}
