package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;

/** The kind of a change. */
public enum ChangeKind {
    /** A member or an element is added; an element shifts those after it. */
    ADDED,
    /** A member or an element is removed; later elements close the gap. */
    REMOVED,
    /** A scalar is replaced by another of the same type. */
    MODIFIED,
    /** A piece of a text is replaced, where that is smaller than the whole text; see {@link TextSplice}. */
    TEXT_SPLICED,
    /** A value is replaced by one of another type. */
    TYPE_CHANGED,
    /**
     * A value is moved to a path without a value. The source is removed before the target is resolved, as in RFC 6902.
     */
    MOVED,
    /** An object is replaced as a whole, because details would lie beyond the depth limit or be larger. */
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
