/** Object pools: bounded, thread-safe reuse of objects that are expensive to create. */
@NullMarked
package dev.geotherm.api.pool;

import org.jspecify.annotations.NullMarked;
