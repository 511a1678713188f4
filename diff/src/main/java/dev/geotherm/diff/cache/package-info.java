/**
 * Context caches: in memory, with a disk tier.
 *
 * <p>Internal: types are public only for the other packages of this module.
 */
@NullMarked
package dev.geotherm.diff.cache;

import org.jspecify.annotations.NullMarked;
