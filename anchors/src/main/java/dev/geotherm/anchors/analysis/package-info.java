/** The analysis of texts into words, by language. Not exported; public types are for the other packages of this module. */
@NullMarked
package dev.geotherm.anchors.analysis;

import org.jspecify.annotations.NullMarked;
