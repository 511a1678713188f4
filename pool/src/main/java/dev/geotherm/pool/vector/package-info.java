/** Pooled vectors, which native code can read in place if the pool keeps them in native memory. */
@NullMarked
package dev.geotherm.pool.vector;

import org.jspecify.annotations.NullMarked;
