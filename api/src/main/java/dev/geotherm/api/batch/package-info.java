/** Batch evaluation: a function over a large corpus, with one outcome for each item, checkpoints and resume. */
@NullMarked
package dev.geotherm.api.batch;

import org.jspecify.annotations.NullMarked;
