package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The size of changes in a format: what decides whether a container is said in parts or as a whole.
 *
 * <p>Sizes are bytes, or proportional to them. Implementations are stateless.
 */
public interface ChangeSize {

    /** Returns the size of a change without its values. */
    long withoutValues(Change change);

    /** Returns the size of a value, or something above the limit if it is larger. */
    long of(JsonNode value, long limit);

    /** Returns whether the format writes the old values that a change has. */
    boolean writesOldValues();
}
