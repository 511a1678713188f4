/** Benchmarks of the components against peers; only ratios within one run are meaningful. */
@NullMarked
package dev.geotherm.benchmarks;

import org.jspecify.annotations.NullMarked;
