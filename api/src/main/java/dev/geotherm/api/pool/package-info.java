/** Object pools: objects that are costly to make are used again, by many threads, within bounds. */
@NullMarked
package dev.geotherm.api.pool;

import org.jspecify.annotations.NullMarked;
