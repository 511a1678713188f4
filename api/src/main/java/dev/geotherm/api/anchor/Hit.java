package dev.geotherm.api.anchor;

import org.jspecify.annotations.Nullable;

/**
 * A passage that was found.
 *
 * @param passage its id
 * @param document the id of the document that it is from
 * @param anchor its anchor, if any
 * @param start where it begins in the document's text, in characters
 * @param end where it ends there, exclusive
 * @param score higher is better; comparable among the hits of one query only
 */
public record Hit(String passage, String document, @Nullable AnchorId anchor, int start, int end, double score) {}
