package dev.geotherm.diff.codec;

/**
 * The member names of a change in the JSON format of deltas.
 *
 * <p>A delta is an array of changes. A change is an object; null members are omitted, and so is a magnitude of 1. A
 * splice is an array of start, length and text.
 */
final class DeltaMembers {
    static final String KIND = "kind";
    static final String PATH = "path";
    static final String FROM = "from";
    static final String BEFORE = "before";
    static final String AFTER = "after";
    static final String SPLICE = "splice";
    static final String MAGNITUDE = "magnitude";

    private DeltaMembers() {}
}
