package dev.geotherm.api.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenEstimateTest {
    @Test
    void starts_fourLettersAreAToken() {
        assertThat(TokenEstimate.starts("steam rises, at 1234567!")).containsExactly(0, 4, 6, 10, 11, 13, 16, 20, 23);
    }

    @Test
    void starts_ideographsAreTokensAndMarksAreNot() {
        assertThat(TokenEstimate.starts("\u706B\u5C71 e\u0301a \uD83D\uDE00")).containsExactly(0, 1, 3, 7);
        assertThat(TokenEstimate.starts(" \u00A0\n")).isEmpty();
    }
}
