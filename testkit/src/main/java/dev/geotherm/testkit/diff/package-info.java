/** The contract of state differs, and the states it is tried on. */
@NullMarked
package dev.geotherm.testkit.diff;

import org.jspecify.annotations.NullMarked;
