package dev.geotherm.api.batch;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A serializer of results. Thread-safe.
 *
 * @param <O> the type of the results
 */
@FunctionalInterface
public interface ResultSerializer<O> {

    /**
     * Returns a result as JSON; equal results must have equal JSON.
     *
     * <p>If this method throws or returns null for an item, its batch fails as if the function had failed.
     */
    JsonNode toJson(O result);
}
