/**
 * The {@code none} pools, which keep no objects: a baseline for comparison, and a choice for objects that are cheap to
 * create.
 */
@NullMarked
package dev.geotherm.pool.none;

import org.jspecify.annotations.NullMarked;
