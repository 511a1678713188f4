package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemsTest {

    @Test
    void throwIfAny_withoutProblemsDoesNothing() {
        Problems problems = new Problems().require(true, "a", "never %s", "shown");
        assertThat(problems.isEmpty()).isTrue();
        assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void throwIfAny_reportsAllProblems() {
        Problems problems = new Problems()
                .require(false, "a", "must be at least %s, was %s", 1, 0)
                .add(new Problem("", "whole"))
                .addAll("pool", List.of(new Problem("maxSize", "x"), new Problem("", "y")));
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(problems::throwIfAny)
                .withMessage(String.join(
                        System.lineSeparator(), "a: must be at least 1, was 0", "whole", "pool.maxSize: x", "pool: y"))
                .satisfies(thrown -> assertThat(thrown.problems()).isEqualTo(problems.list()));
    }

    @Test
    void list_isACopy() {
        Problems problems = new Problems();
        List<Problem> before = problems.list();
        problems.add(new Problem("a", "b"));
        assertThat(before).isEmpty();
        assertThat(problems.list()).containsExactly(new Problem("a", "b"));
    }

    @Test
    void nullArguments_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> new Problem(null, "b"));
        assertThatNullPointerException().isThrownBy(() -> new Problem("a", null));
        assertThatNullPointerException().isThrownBy(() -> new Problems().add(null));
    }
}
