/** The contract of every {@link dev.geotherm.api.batch.BatchEvaluator}, as JUnit tests. */
@NullMarked
package dev.geotherm.testkit.batch;

import org.jspecify.annotations.NullMarked;
