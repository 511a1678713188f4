package dev.geotherm.engine;

import dev.geotherm.api.anchor.AnchorId;
import org.jspecify.annotations.Nullable;

/**
 * A hit of a search, with its text.
 *
 * @param passage the id of the passage, unique in the knowledge
 * @param source the name of the source of the document
 * @param document the id of the document in its source
 * @param title the title of the document, or its beginning; may be empty
 * @param text the text of the passage, scrubbed if scrubbing is enabled
 * @param start the passage's start offset in the document's text, in UTF-16 units
 * @param end the passage's end offset, exclusive
 * @param anchor the anchor of the passage, if any
 * @param score the score; higher is better; comparable only among the hits of one search
 */
public record SearchHit(
        String passage,
        String source,
        String document,
        String title,
        String text,
        int start,
        int end,
        @Nullable AnchorId anchor,
        double score) {}
