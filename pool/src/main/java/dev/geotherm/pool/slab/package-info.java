/** The {@code slab} pools, which keep vectors in large blocks of native memory. */
@NullMarked
package dev.geotherm.pool.slab;

import org.jspecify.annotations.NullMarked;
