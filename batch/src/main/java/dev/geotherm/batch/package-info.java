/**
 * Batch evaluation within one JVM: threads that evaluate, and a journal beside the output from which a job that was killed
 * goes on.
 */
@NullMarked
package dev.geotherm.batch;

import org.jspecify.annotations.NullMarked;
