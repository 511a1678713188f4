/** Deltas: exact, ordered changes between JSON values, and what can be done with them. */
@NullMarked
package dev.geotherm.delta;

import org.jspecify.annotations.NullMarked;
