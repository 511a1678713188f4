package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Fingerprint;
import org.jspecify.annotations.Nullable;

/**
 * An array's element, equal to those that are the same at all paths that count; a fingerprint alone may lie.
 *
 * @param value the element
 * @param hash its fingerprint
 * @param match which paths count
 */
record ElementKey(JsonNode value, Fingerprint hash, PathMatch match) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ElementKey that
                && hash.equals(that.hash)
                && CountedEquality.same(value, that.value, match);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }
}
