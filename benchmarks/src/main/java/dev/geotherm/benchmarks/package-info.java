/** Measurements of the components side by side with peers; ratios within one run are what counts. */
@NullMarked
package dev.geotherm.benchmarks;

import org.jspecify.annotations.NullMarked;
