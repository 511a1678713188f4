/** Vector arithmetic and the index of similar vectors, for the packages of this module. Not exported. */
@NullMarked
package dev.geotherm.anchors.vector;

import org.jspecify.annotations.NullMarked;
