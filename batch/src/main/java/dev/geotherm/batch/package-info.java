/**
 * A batch evaluator within one JVM: {@link dev.geotherm.batch.LocalEvaluator}, its settings and its factory.
 *
 * <p>The packages below are not exported, except {@code measure}. They depend on each other in one direction only:
 * {@code job -> checkpoint -> output}.
 *
 * <p>What is in memory while a job runs: the items, as the caller gave them, and 12 bytes for each (its position in the
 * checkpoint, its place in the queue); while the job starts, the set of its ids as well. Results are not.
 */
@NullMarked
package dev.geotherm.batch;

import org.jspecify.annotations.NullMarked;
