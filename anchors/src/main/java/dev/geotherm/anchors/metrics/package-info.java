/** The operation timer of this module's components. Not exported. */
@NullMarked
package dev.geotherm.anchors.metrics;

import org.jspecify.annotations.NullMarked;
