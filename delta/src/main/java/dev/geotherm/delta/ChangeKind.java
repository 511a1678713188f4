package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;

/** What happens at one path. */
public enum ChangeKind {
    /** A member or an element comes in: at an array's index it shifts those behind it. */
    ADDED,
    /** A member or an element goes: at an array's index those behind it close up. */
    REMOVED,
    /** A scalar gets another value of the same type. */
    MODIFIED,
    /** A piece of a text gives way to another, where that is shorter than the whole text; see {@link TextSplice}. */
    TEXT_SPLICED,
    /** A value gets another type. */
    TYPE_CHANGED,
    /**
     * A value goes from one path to another, where there is none yet; the source is removed before the target is looked
     * up, as in RFC 6902.
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
