package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

/**
 * An entry of a ranking: an id with its score.
 *
 * @param id the id of a passage or of a document
 * @param score higher is better; comparable only within one ranking
 */
public record Ranked(String id, double score) {

    /** Checks the id. */
    public Ranked {
        requireNonNull(id, "id");
    }
}
