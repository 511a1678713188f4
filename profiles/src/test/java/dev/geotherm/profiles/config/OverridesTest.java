package dev.geotherm.profiles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.SettingsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OverridesTest {
    @Test
    void of_splitsAtTheFirstEqualsSign() {
        assertThat(Overrides.of(Map.of("A", "b"), List.of("pool.maxSize=1", " x = y=z", "e=")))
                .isEqualTo(new Overrides(Map.of("A", "b"), Map.of("pool.maxSize", "1", "x", " y=z", "e", "")));
    }

    @Test
    void of_keepsTheLaterOfTwo() {
        assertThat(Overrides.of(Map.of(), List.of("a=1", "a=2")).sets()).isEqualTo(Map.of("a", "2"));
    }

    @Test
    void of_reportsEveryTextOfAnotherForm() {
        assertThatThrownBy(() -> Overrides.of(Map.of(), List.of("a", "=1", " =2", "b=3")))
                .isInstanceOfSatisfying(
                        SettingsException.class, e -> assertThat(e.problems()).hasSize(3))
                .hasMessageContaining("--set must be key=value, such as pool.maxSize=200, was 'a'");
    }
}
