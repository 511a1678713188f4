/** Passage indexes on Lucene and their retrievers. Exported: the factory and its settings. */
@NullMarked
package dev.geotherm.anchors.retrieval;

import org.jspecify.annotations.NullMarked;
