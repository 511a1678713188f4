/** Vectors of numbers that are pooled, and that native code can read in place where the pools keep them in native memory. */
@NullMarked
package dev.geotherm.api.vector;

import org.jspecify.annotations.NullMarked;
