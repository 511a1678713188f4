/** Object pools: bounded reuse of objects that are costly to make, by many threads. */
@NullMarked
package dev.geotherm.api.pool;

import org.jspecify.annotations.NullMarked;
