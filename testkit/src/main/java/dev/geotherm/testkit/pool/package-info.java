/** The contract of object pools: extend {@link dev.geotherm.testkit.pool.ObjectPoolsContract}. */
@NullMarked
package dev.geotherm.testkit.pool;

import org.jspecify.annotations.NullMarked;
