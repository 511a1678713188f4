/** The main job beside a plain loop over Lucene that is written by hand for the same work. */
@NullMarked
package dev.geotherm.benchmarks.mainjob;

import org.jspecify.annotations.NullMarked;
