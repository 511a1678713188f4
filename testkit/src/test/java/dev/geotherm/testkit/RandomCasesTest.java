package dev.geotherm.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RandomCasesTest {
    private final String given = System.getProperty("geotherm.seed", "");

    @BeforeEach
    @AfterEach
    void restore() {
        System.clearProperty("geotherm.case");
        if (given.isEmpty()) {
            System.clearProperty("geotherm.seed");
        } else {
            System.setProperty("geotherm.seed", given);
        }
    }

    @Test
    void run_eachCaseHasItsOwnInput() {
        List<Long> drawn = new ArrayList<>();
        RandomCases.run(20, random -> drawn.add(random.nextLong()));
        assertThat(drawn).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void run_messageRepeatsTheFailure() {
        List<Long> drawn = new ArrayList<>();
        String message = null;
        try {
            RandomCases.run(10, random -> {
                drawn.add(random.nextLong());
                assertThat(drawn).hasSizeLessThan(4);
            });
        } catch (AssertionError failed) {
            message = failed.getMessage();
        }
        Matcher told = Pattern.compile("-Dgeotherm.seed=(-?\\d+) -Dgeotherm.case=(\\d+)")
                .matcher(String.valueOf(message));
        assertThat(told.find()).as(message).isTrue();
        System.setProperty("geotherm.seed", told.group(1));
        System.setProperty("geotherm.case", told.group(2));

        List<Long> replayed = new ArrayList<>();
        RandomCases.run(10, random -> replayed.add(random.nextLong()));

        assertThat(replayed).containsExactly(drawn.get(3));
    }

    @Test
    void run_checkedExceptionFailsTheCase() {
        Exception cause = new Exception("planted");
        assertThatThrownBy(() -> RandomCases.run(1, random -> {
                    throw cause;
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("planted")
                .hasCause(cause);
    }

    @Test
    void run_withoutCasesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomCases.run(0, random -> {}))
                .withMessageContaining("was 0");
    }
}
