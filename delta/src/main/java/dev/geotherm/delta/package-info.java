/** Deltas between JSON values: exact, ordered changes that can be applied, inverted, composed, rebased and encoded. */
@NullMarked
package dev.geotherm.delta;

import org.jspecify.annotations.NullMarked;
