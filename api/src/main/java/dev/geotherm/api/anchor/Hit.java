package dev.geotherm.api.anchor;

import org.jspecify.annotations.Nullable;

/**
 * A search hit: one passage with its score.
 *
 * @param passage the passage's id
 * @param document the id of its document
 * @param anchor the anchor of the passage, if any
 * @param start the passage's start offset in the document's text, in UTF-16 units
 * @param end its end offset, exclusive
 * @param score higher is better; comparable only among the hits of one query
 */
public record Hit(String passage, String document, @Nullable AnchorId anchor, int start, int end, double score) {

    /** Returns a copy with another score. */
    public Hit withScore(double newScore) {
        return new Hit(passage, document, anchor, start, end, newScore);
    }
}
