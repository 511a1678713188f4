/**
 * The root of the module's packages: {@code store} (anchor store), {@code embedding} (embedder) and {@code retrieval}
 * (passage indexes) export factories and settings; {@code scrub}, {@code vector} and {@code metrics} serve only these three.
 */
@NullMarked
package dev.geotherm.anchors;

import org.jspecify.annotations.NullMarked;
