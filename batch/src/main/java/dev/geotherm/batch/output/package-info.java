/**
 * The output of a job: its outcomes, its files, and the writer of the complete output. Not exported; public types are for
 * the other packages of this module.
 */
@NullMarked
package dev.geotherm.batch.output;

import org.jspecify.annotations.NullMarked;
