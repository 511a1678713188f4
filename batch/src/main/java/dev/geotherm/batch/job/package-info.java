/**
 * A running job: the queue of batches, the workers that evaluate them, and the writer of checkpoint and output. Not
 * exported; public types are for the other packages of this module.
 */
@NullMarked
package dev.geotherm.batch.job;

import org.jspecify.annotations.NullMarked;
