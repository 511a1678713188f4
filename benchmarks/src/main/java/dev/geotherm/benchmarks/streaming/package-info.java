/** Measures our pipelines beside queues that are drained by hand and the operators of Reactor and Pekko. */
package dev.geotherm.benchmarks.streaming;
