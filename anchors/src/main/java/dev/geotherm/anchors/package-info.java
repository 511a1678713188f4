/** The life of anchors and retrieval over them: a hashing embedder, an anchor store in memory, a retriever on Lucene. */
@NullMarked
package dev.geotherm.anchors;

import org.jspecify.annotations.NullMarked;
