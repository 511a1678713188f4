/** The format of vectors in Lucene's files, and what an extension implements to add another kind of graphs. */
@NullMarked
package dev.geotherm.anchors.codec;

import org.jspecify.annotations.NullMarked;
