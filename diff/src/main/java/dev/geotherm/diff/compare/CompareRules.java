package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The rules of a comparison.
 *
 * @param depthLimit the depth below the root from which containers are replaced as a whole
 * @param ignored the ignored paths
 * @param keys the members that identify the elements of arrays
 * @param moves whether moved elements are detected
 * @param changes the options of the changes
 * @param byValue whether numbers of equal value but different representation are equal
 */
public record CompareRules(
        int depthLimit,
        IgnoredPaths ignored,
        IdentityKeys keys,
        boolean moves,
        ChangeOptions changes,
        boolean byValue) {

    /** Returns a copy that records old values, for weighing changes. */
    public CompareRules recordingOldValues() {
        return new CompareRules(
                depthLimit, ignored, keys, moves, new ChangeOptions(changes.spliceFrom(), true), byValue);
    }

    /** Returns a copy with other identity keys. */
    public CompareRules withKeys(IdentityKeys next) {
        return new CompareRules(depthLimit, ignored, next, moves, changes, byValue);
    }

    /** Returns a copy without ignored paths, for states that are replicated by their deltas. */
    public CompareRules inFull() {
        return new CompareRules(depthLimit, IgnoredPaths.NONE, keys, moves, changes, false);
    }

    /**
     * Returns whether these rules compare numbers by value and two states are equal under that comparison, except at
     * ignored paths.
     */
    public boolean sameByValue(JsonNode a, JsonNode b) {
        return byValue && new Equality(true).same(a, b, ignored.root());
    }
}
