/** Benchmarks of the platform: what its handles cost at the hot paths of components. */
@NullMarked
package dev.geotherm.benchmarks.profiles;

import org.jspecify.annotations.NullMarked;
