package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A key of the elements of an array: a place, or a pair of places whose values identify an element only together.
 *
 * @param first the place, or the first of two
 * @param second the second place, or null for one place
 */
record RecordKey(ElementKey first, @Nullable ElementKey second) {

    static RecordKey of(ElementKey place) {
        return new RecordKey(place, null);
    }

    /** Returns an element's value in the second place, or null if the key is one place or the element has none. */
    @Nullable
    JsonNode secondIn(JsonNode element) {
        return second == null ? null : second.in(element);
    }

    /** Returns the key for people, such as {@code metadata.namespace + metadata.name}. */
    @Override
    public String toString() {
        return second == null ? first.toString() : first + " + " + second;
    }
}
