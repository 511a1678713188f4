/** Semantic anchors: concepts with an embedding, heat and history, kept as state, and retrieval over them. */
@NullMarked
package dev.geotherm.api.anchor;

import org.jspecify.annotations.NullMarked;
