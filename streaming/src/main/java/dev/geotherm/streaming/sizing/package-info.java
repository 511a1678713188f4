/** Rules for the size of batches. Not exported: their types are public for {@code dev.geotherm.streaming} alone. */
@NullMarked
package dev.geotherm.streaming.sizing;

import org.jspecify.annotations.NullMarked;
