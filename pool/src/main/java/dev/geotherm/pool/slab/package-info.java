/** Pools whose vectors lie in large blocks of native memory, which are freed as soon as nobody needs them. */
@NullMarked
package dev.geotherm.pool.slab;

import org.jspecify.annotations.NullMarked;
