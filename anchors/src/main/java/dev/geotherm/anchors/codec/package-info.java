/** The format of vectors in Lucene's files, and the interface with which an extension adds another kind of graph. */
@NullMarked
package dev.geotherm.anchors.codec;

import org.jspecify.annotations.NullMarked;
