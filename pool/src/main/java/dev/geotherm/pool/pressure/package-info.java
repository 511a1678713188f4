/** Monitors of memory pressure: the heap after a collection, and the memory limit of the container. Internal: not part of the API. */
@NullMarked
package dev.geotherm.pool.pressure;

import org.jspecify.annotations.NullMarked;
