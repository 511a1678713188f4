/** The retriever on a Lucene index. Exported: the factory and its settings. */
@NullMarked
package dev.geotherm.anchors.retrieval;

import org.jspecify.annotations.NullMarked;
