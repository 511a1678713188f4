/** The contract of batch evaluation: what every {@link dev.geotherm.api.batch.BatchEvaluator} does. */
@NullMarked
package dev.geotherm.testkit.batch;

import org.jspecify.annotations.NullMarked;
