/** The quality of rankings: judgements, runs and measures, in the formats and by the definitions of TREC. */
@NullMarked
package dev.geotherm.batch.measure;

import org.jspecify.annotations.NullMarked;
