/** The analysis of texts into words, by language. Not exported: public only for the packages of this module. */
@NullMarked
package dev.geotherm.anchors.analysis;

import org.jspecify.annotations.NullMarked;
