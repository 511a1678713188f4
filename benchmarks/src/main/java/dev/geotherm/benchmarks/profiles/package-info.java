/** Benchmarks of the platform: the cost of its handles on the hot paths of components. */
@NullMarked
package dev.geotherm.benchmarks.profiles;

import org.jspecify.annotations.NullMarked;
