/**
 * Anchor stores, embedders and retrievers: their interfaces, values and metrics.
 *
 * <p>An {@link dev.geotherm.api.anchor.Embedder} turns texts into vectors, an {@link dev.geotherm.api.anchor.AnchorStore}
 * consolidates fragments into anchors (concepts with an embedding, heat and provenance), and a
 * {@link dev.geotherm.api.anchor.Retriever} searches passages.
 */
@NullMarked
package dev.geotherm.api.anchor;

import org.jspecify.annotations.NullMarked;
