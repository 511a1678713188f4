/**
 * Tracked states: persistent trees with incremental hashes, their delta history, and its delivery to subscribers.
 *
 * <p>Internal: types are public only for the other packages of this module.
 */
@NullMarked
package dev.geotherm.diff.state;

import org.jspecify.annotations.NullMarked;
