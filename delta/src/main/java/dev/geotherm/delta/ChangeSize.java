package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A measure of the size of changes in a format. It decides whether a container is encoded as single changes or replaced
 * as a whole.
 *
 * <p>Sizes are bytes, or proportional to them. Implementations are stateless.
 */
public interface ChangeSize {

    /** Returns the size of a change without its values. */
    long withoutValues(Change change);

    /** Returns the size of a value, or any number above the limit if it is larger. */
    long of(JsonNode value, long limit);

    /** Returns whether the format writes the recorded old values of changes. */
    boolean writesOldValues();
}
