/**
 * The root of the module's packages. {@code store} (anchor store), {@code embedding} (embedder) and {@code retrieval}
 * (passage indexes) export factories and settings; {@code codec} exports the interface for further kinds of graphs. {@code
 * analysis}, {@code scrub}, {@code vector} and {@code metrics} are not exported.
 */
@NullMarked
package dev.geotherm.anchors;

import org.jspecify.annotations.NullMarked;
