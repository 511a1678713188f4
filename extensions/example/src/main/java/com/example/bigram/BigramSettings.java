package com.example.bigram;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * Settings of the {@code bigram} embedder.
 *
 * @param letters how many letters of the alphabet are told apart; the others count as one
 */
public record BigramSettings(
        @Setting(
                defaultValue = "26",
                description = "How many letters are told apart, from a on; the others count as one.")
        int letters) {

    /** Checks the number of letters. */
    public BigramSettings {
        new Problems()
                .require(letters >= 1 && letters <= 26, "letters", "must be from 1 to 26, was %s", letters)
                .throwIfAny();
    }
}
