/** The contract of object pools; {@link dev.geotherm.testkit.pool.ObjectPoolsContract} is the class to extend. */
@NullMarked
package dev.geotherm.testkit.pool;

import org.jspecify.annotations.NullMarked;
