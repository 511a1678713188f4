/** Recorders of metrics, shared by the pool implementations. Internal: not part of the API. */
@NullMarked
package dev.geotherm.pool.metrics;

import org.jspecify.annotations.NullMarked;
