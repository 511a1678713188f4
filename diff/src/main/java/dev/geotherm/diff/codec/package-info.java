/** Delta codecs: the formats of deltas, the binary form and its compression, JSON texts of states. */
@NullMarked
package dev.geotherm.diff.codec;

import org.jspecify.annotations.NullMarked;
