/** Corpora: documents with optional queries and judgements. */
@NullMarked
package dev.geotherm.engine.corpus;

import org.jspecify.annotations.NullMarked;
