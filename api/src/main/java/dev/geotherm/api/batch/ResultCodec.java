package dev.geotherm.api.batch;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Writes results as JSON. Safe for use by many threads.
 *
 * @param <O> the results
 */
@FunctionalInterface
public interface ResultCodec<O> {

    /** Returns the result as JSON; equal results as equal JSON. */
    JsonNode toJson(O result);
}
