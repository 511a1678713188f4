/** The {@code none} pools, which keep no objects: a baseline, and a choice for objects that are cheap to make. */
@NullMarked
package dev.geotherm.pool.none;

import org.jspecify.annotations.NullMarked;
