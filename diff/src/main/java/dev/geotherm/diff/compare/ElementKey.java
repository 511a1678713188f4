package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A possible key of the elements of an array: a member, or a member of a member.
 *
 * @param member the member of the element
 * @param inner the member of that member, or null if the member itself is the key
 */
record ElementKey(String member, @Nullable String inner) {

    static ElementKey of(String member) {
        return new ElementKey(member, null);
    }

    /** Returns an element's key, or null if it has none. A key is a text, number or boolean. */
    @Nullable
    JsonNode in(JsonNode element) {
        JsonNode value = element instanceof ObjectNode object ? object.get(member) : null;
        if (inner != null) {
            value = value instanceof ObjectNode object ? object.get(inner) : null;
        }
        return value == null || value.isContainerNode() || value.isNull() ? null : value;
    }

    /** Returns whether the key is ignored, so that it cannot identify elements. */
    boolean isIgnored(PathMatch element) {
        PathMatch match = element.member(member);
        return match.ignored() || (inner != null && match.member(inner).ignored());
    }

    /** Returns the key in readable form, such as {@code metadata.name}. */
    @Override
    public String toString() {
        return inner == null ? member : member + "." + inner;
    }
}
