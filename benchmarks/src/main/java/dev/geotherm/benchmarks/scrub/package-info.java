/** Measurements of the scrubber on real texts: what it finds, and what it finds wrongly. */
@NullMarked
package dev.geotherm.benchmarks.scrub;

import org.jspecify.annotations.NullMarked;
