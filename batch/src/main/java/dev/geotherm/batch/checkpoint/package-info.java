/**
 * The checkpoint of a job: a log of outcomes that belongs to one job over one corpus. Not exported; public types are for
 * the other packages of this module.
 */
@NullMarked
package dev.geotherm.batch.checkpoint;

import org.jspecify.annotations.NullMarked;
