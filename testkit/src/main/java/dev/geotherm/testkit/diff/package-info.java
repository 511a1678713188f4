/** The contracts of state differs and delta codecs, and random states for them. */
@NullMarked
package dev.geotherm.testkit.diff;

import org.jspecify.annotations.NullMarked;
