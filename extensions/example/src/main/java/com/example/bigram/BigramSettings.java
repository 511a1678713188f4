package com.example.bigram;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of the embedder {@code bigram}.
 *
 * @param letters the number of letters, starting with a, that are counted separately; all others count as one
 */
public record BigramSettings(
        @Setting(
                defaultValue = "26",
                description = "Number of letters, from a on, that are counted separately; all others count as one.")
        int letters) {

    /** Validates the number of letters. */
    public BigramSettings {
        new Problems()
                .require(letters >= 1 && letters <= 26, "letters", "must be from 1 to 26, was %s", letters)
                .throwIfAny();
    }
}
