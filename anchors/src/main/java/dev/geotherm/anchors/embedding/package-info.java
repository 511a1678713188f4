/** The hashing embedder. Exported: the factory and its settings. */
@NullMarked
package dev.geotherm.anchors.embedding;

import org.jspecify.annotations.NullMarked;
