package dev.geotherm.anchors.embedding;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of the embedder {@code hashing}.
 *
 * @param dimension the length of every vector
 */
public record HashingEmbedderSettings(
        @Setting(defaultValue = "256", description = "Length of every vector, 8 to 65536.")
        int dimension) {

    /** Validates the bounds. */
    public HashingEmbedderSettings {
        new Problems()
                .require(
                        dimension >= 8 && dimension <= 65_536,
                        "dimension",
                        "must be from 8 to 65536, was %s",
                        dimension)
                .throwIfAny();
    }
}
