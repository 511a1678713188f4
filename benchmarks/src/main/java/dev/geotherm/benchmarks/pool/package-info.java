/** Benchmarks of the object pools against peers: time, processor time, bytes, virtual threads, tail latency, leaks. */
@NullMarked
package dev.geotherm.benchmarks.pool;

import org.jspecify.annotations.NullMarked;
