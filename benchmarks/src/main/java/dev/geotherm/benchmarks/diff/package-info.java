/**
 * Benchmarks of comparing, applying and tracking states against peers, on the pairs of states that {@code
 * data/fetch.sh} downloads: all in one JVM in turns ({@link dev.geotherm.benchmarks.diff.Interleaved}), and one by one
 * (the JMH classes).
 */
@NullMarked
package dev.geotherm.benchmarks.diff;

import org.jspecify.annotations.NullMarked;
