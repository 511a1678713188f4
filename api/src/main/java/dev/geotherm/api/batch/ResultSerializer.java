package dev.geotherm.api.batch;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A serializer of results. Safe for use by many threads.
 *
 * @param <O> the type of the results
 */
@FunctionalInterface
public interface ResultSerializer<O> {

    /**
     * Returns a result as JSON; equal results as equal JSON.
     *
     * <p>The items of a batch fail, as if the function had, if this method throws or returns null for one of them.
     */
    JsonNode toJson(O result);
}
