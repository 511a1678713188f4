package dev.geotherm.diff.cache;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A value with its context.
 *
 * @param context never changed
 * @param value the value
 * @param at when it was stored
 */
record CachedResult<V>(JsonNode context, V value, Instant at) {}
