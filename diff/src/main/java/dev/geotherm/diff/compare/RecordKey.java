package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A key of the elements of an array: a member, or a pair of members that identify an element only together.
 *
 * @param first the member, or the first of two
 * @param second the second member, or null for a single member
 */
record RecordKey(ElementKey first, @Nullable ElementKey second) {

    static RecordKey of(ElementKey member) {
        return new RecordKey(member, null);
    }

    /**
     * Returns an element's value of the second member, or null if the key is a single member or the element has no
     * value.
     */
    @Nullable
    JsonNode secondIn(JsonNode element) {
        return second == null ? null : second.in(element);
    }

    /** Returns the key in readable form, such as {@code metadata.namespace + metadata.name}. */
    @Override
    public String toString() {
        return second == null ? first.toString() : first + " + " + second;
    }
}
