package dev.geotherm.diff.cache;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A result with the context it was found in.
 *
 * @param context which nobody changes any more
 * @param value the result
 * @param at when it was put in
 */
record CachedResult<V>(JsonNode context, V value, Instant at) {}
