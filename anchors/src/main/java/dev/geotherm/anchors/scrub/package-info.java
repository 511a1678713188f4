/** The removal of personal data from texts, for the anchor store. Not exported. */
@NullMarked
package dev.geotherm.anchors.scrub;

import org.jspecify.annotations.NullMarked;
