/**
 * Comparing, applying and tracking states side by side with peers, on the pairs of states that {@code data/fetch.sh}
 * brings: all in one JVM in turns ({@link dev.geotherm.benchmarks.diff.Interleaved}), and one by one (the JMH classes).
 */
@NullMarked
package dev.geotherm.benchmarks.diff;

import org.jspecify.annotations.NullMarked;
