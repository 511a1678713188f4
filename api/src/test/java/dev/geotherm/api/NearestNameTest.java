package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {
    private static final List<String> KNOWN = List.of("maxSize", "maxWait", "initialSize", "whenExhausted");

    @ParameterizedTest
    @CsvSource({
        "maxSize, maxSize",
        "maxsize, maxSize",
        "maxSzie, maxSize",
        "maxWaits, maxWait",
        "initalSize, initialSize",
        "WHENEXHAUSTED, whenExhausted"
    })
    void of_returnsTheNearestName(String name, String nearest) {
        assertThat(NearestName.of(name, KNOWN)).contains(nearest);
    }

    @ParameterizedTest
    @CsvSource({"colour", "m", "''"})
    void of_distantNameIsEmpty(String name) {
        assertThat(NearestName.of(name, KNOWN)).isEmpty();
    }

    @Test
    void of_tieReturnsTheFirstInAlphabeticalOrder() {
        assertThat(NearestName.of("bat", List.of("rat", "cat"))).contains("cat");
    }

    @Test
    void unknown_suggestsTheNearestName() {
        assertThat(NearestName.unknown("setting", "maxSzie", KNOWN))
                .isEqualTo("unknown setting 'maxSzie'; did you mean 'maxSize'?");
    }

    @Test
    void unknown_withoutNearNameListsAllNames() {
        assertThat(NearestName.unknown("profile", "x", List.of("perform", "balanced")))
                .isEqualTo("unknown profile 'x'; choose one of balanced, perform");
    }

    @Test
    void unknown_withoutKnownNamesSaysSo() {
        assertThat(NearestName.unknown("profile", "x", List.of())).isEqualTo("unknown profile 'x'; no profile exists");
    }
}
