/** The wrapper between a pool and its allocator, shared by the pool implementations. Internal: not part of the API. */
@NullMarked
package dev.geotherm.pool.allocator;

import org.jspecify.annotations.NullMarked;
