/**
 * Anchor stores, embedders and passage indexes: their interfaces, values and metrics.
 *
 * <p>An {@link dev.geotherm.api.anchor.Embedder} turns texts into vectors, an
 * {@link dev.geotherm.api.anchor.AnchorStore} consolidates passages into anchors (concepts with an embedding, heat and
 * provenance), and a {@link dev.geotherm.api.anchor.PassageIndex} keeps passages, which its
 * {@link dev.geotherm.api.anchor.Retriever} searches.
 */
@NullMarked
package dev.geotherm.api.anchor;

import org.jspecify.annotations.NullMarked;
