/**
 * Passage indexes that search large segments with JVector's graphs: Vamana graphs as in DiskANN, with upper layers as in
 * HNSW. JVector builds and searches the graphs; Lucene compares the vectors and manages the files.
 */
@NullMarked
package dev.geotherm.jvector;

import org.jspecify.annotations.NullMarked;
