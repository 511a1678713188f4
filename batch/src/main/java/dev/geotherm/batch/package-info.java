/**
 * A batch evaluator within one JVM: {@link dev.geotherm.batch.LocalEvaluator}, its settings and its factory.
 *
 * <p>Of the packages below, {@code measure} and {@code comparison} are exported. The others depend on each other in one
 * direction only: {@code job -> checkpoint -> output}.
 *
 * <p>A running job keeps the caller's items in memory, plus 12 bytes per item (its positions in the checkpoint and in the
 * queue), and during the start also the set of ids. It keeps no results in memory.
 */
@NullMarked
package dev.geotherm.batch;

import org.jspecify.annotations.NullMarked;
