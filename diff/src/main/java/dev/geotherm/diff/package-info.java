/** The state differ {@code tree}: factory, settings and differ. */
@NullMarked
package dev.geotherm.diff;

import org.jspecify.annotations.NullMarked;
