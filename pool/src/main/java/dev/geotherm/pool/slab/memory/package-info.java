/** Native memory from the JDK, by the foreign memory API or by direct buffers. Internal: not part of the API. */
@NullMarked
package dev.geotherm.pool.slab.memory;

import org.jspecify.annotations.NullMarked;
