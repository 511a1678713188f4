/**
 * A batch evaluator within one JVM: {@link dev.geotherm.batch.LocalEvaluator}, its settings and its factory.
 *
 * <p>The packages below are not exported, except {@code measure}. They depend on each other in one direction only:
 * {@code job -> checkpoint -> output}.
 *
 * <p>While a job runs, memory contains the items of the caller and 12 bytes per item (its positions in the checkpoint
 * and in the queue), and during the start also the set of ids, but no results.
 */
@NullMarked
package dev.geotherm.batch;

import org.jspecify.annotations.NullMarked;
