/** The format of vectors in Lucene's files. Not exported: it has a public type only because Lucene loads it by name. */
@NullMarked
package dev.geotherm.anchors.codec;

import org.jspecify.annotations.NullMarked;
