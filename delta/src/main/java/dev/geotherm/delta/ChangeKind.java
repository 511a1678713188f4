package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;

/** The kind of a change. */
public enum ChangeKind {
    /** A member or an element is added; later elements move up by one. */
    ADDED,
    /** A member or an element is removed; later elements move down by one. */
    REMOVED,
    /** A scalar is replaced by another of the same type. */
    MODIFIED,
    /** A range of a text is replaced, if that is smaller than replacing the whole text; see {@link TextSplice}. */
    TEXT_SPLICED,
    /** A value is replaced by one of another type. */
    TYPE_CHANGED,
    /**
     * A value is moved to a path that has no value. The value is removed before the target path is resolved, as in RFC
     * 6902.
     */
    MOVED,
    /** An object is replaced as a whole, because detailed changes would exceed the depth limit or be larger. */
    OBJECT_MODIFIED,
    /** An array is replaced as a whole by one of the same length. */
    ARRAY_MODIFIED,
    /** An array is replaced as a whole by one of another length. */
    ARRAY_RESIZED;

    /** Returns the kind of a replacement of one value by another. */
    public static ChangeKind ofReplacement(JsonNode before, JsonNode after) {
        if (before.getNodeType() != after.getNodeType()) {
            return TYPE_CHANGED;
        } else if (before.isObject()) {
            return OBJECT_MODIFIED;
        } else if (before.isArray()) {
            return before.size() == after.size() ? ARRAY_MODIFIED : ARRAY_RESIZED;
        }
        return MODIFIED;
    }
}
