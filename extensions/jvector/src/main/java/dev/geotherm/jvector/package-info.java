/**
 * Passage indexes that search large segments for vectors in graphs of JVector: Vamana graphs as in DiskANN, under layers as
 * in HNSW. JVector builds and searches the graphs; Lucene compares the vectors and keeps the files.
 */
@NullMarked
package dev.geotherm.jvector;

import org.jspecify.annotations.NullMarked;
