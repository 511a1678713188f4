/** Measurements of vector search: graphs compared with exact search. */
@NullMarked
package dev.geotherm.benchmarks.retrieval;

import org.jspecify.annotations.NullMarked;
