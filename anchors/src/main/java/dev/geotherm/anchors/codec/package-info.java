/** The vector format in Lucene's files, and the interface for extensions that add another kind of graph. */
@NullMarked
package dev.geotherm.anchors.codec;

import org.jspecify.annotations.NullMarked;
