package dev.geotherm.diff.cache;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A value with its context.
 *
 * @param context the context, which is never modified
 * @param value the value
 * @param at the time at which it was stored
 */
record CachedResult<V>(JsonNode context, V value, Instant at) {}
