/** Object pools: {@code striped}, the default, whose objects stay in place while their ownership changes hands. */
@NullMarked
package dev.geotherm.pool;

import org.jspecify.annotations.NullMarked;
