/** Corpora: documents, and the queries and judgements that some of them have. */
@NullMarked
package dev.geotherm.engine.corpus;

import org.jspecify.annotations.NullMarked;
