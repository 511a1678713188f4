/** Object pools with one lock and one deque each: simple, exact and fair. */
@NullMarked
package dev.geotherm.pool;

import org.jspecify.annotations.NullMarked;
