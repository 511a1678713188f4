/** Batch evaluation: a function applied to a large corpus, with one outcome per item, checkpoints and resume. */
@NullMarked
package dev.geotherm.api.batch;

import org.jspecify.annotations.NullMarked;
