/** The state differ: exact deltas between JSON states, tracked states with revisions, and context caches. */
@NullMarked
package dev.geotherm.api.diff;

import org.jspecify.annotations.NullMarked;
