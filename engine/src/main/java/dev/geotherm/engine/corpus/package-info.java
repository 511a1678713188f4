/** What a job reads: documents, and where there are any the queries and judgements that go with them. */
@NullMarked
package dev.geotherm.engine.corpus;

import org.jspecify.annotations.NullMarked;
