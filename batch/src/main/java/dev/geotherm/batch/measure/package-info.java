/** The quality of rankings: judgements, runs and measures in TREC's formats and definitions. */
@NullMarked
package dev.geotherm.batch.measure;

import org.jspecify.annotations.NullMarked;
