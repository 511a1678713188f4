/** The {@code striped} pools, the default. Objects stay in fixed slots while their ownership changes by compare-and-set. */
@NullMarked
package dev.geotherm.pool.striped;

import org.jspecify.annotations.NullMarked;
