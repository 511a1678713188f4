package dev.geotherm.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ContractRunTest {

    @Test
    void of_namesFailuresAndCountsSuccesses() {
        ContractRun run = ContractRun.of(Mixed.class);
        assertThat(run.failed()).containsExactly("isBroken", "isBrokenDeepDown");
        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.skipped()).containsExactly("doesNotApply");
        assertThat(run.failures().get("isBroken")).hasMessage("planted");
    }

    @Test
    void of_failureOutsideOfClauseHasNameOfClass() {
        assertThat(ContractRun.of(BrokenFromTheStart.class).failed()).containsExactly("BrokenFromTheStart");
    }

    @Test
    void of_chosenClausesRunAlone() {
        ContractRun run = ContractRun.of(Mixed.class, Set.of("holds", "isBrokenDeepDown"));
        assertThat(run.failed()).containsExactly("isBrokenDeepDown");
        assertThat(run.succeeded()).isEqualTo(1);
        assertThat(run.skipped()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> ContractRun.of(Mixed.class, Set.of("isMissing")));
    }

    @Test
    void of_longVariantsRunOnlyIfTheyAreNamed() {
        assertThat(ContractRun.of(WithLongVariant.class).failures()).isEmpty();
        assertThat(ContractRun.of(WithLongVariant.class, Set.of("isBrokenInTheLongRun"))
                        .failed())
                .containsExactly("isBrokenInTheLongRun");
    }

    @Test
    void of_classWithoutTestsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContractRun.of(String.class))
                .withMessageContaining("java.lang.String");
    }

    static final class Mixed {
        @Test
        void holds() {}

        @Test
        void isBroken() {
            throw new AssertionError("planted");
        }

        @Test
        void doesNotApply() {
            assumeTrue(false, "planted");
        }

        @Nested
        final class Inner {
            @Test
            void isBrokenDeepDown() {
                throw new IllegalStateException("planted");
            }
        }
    }

    static final class WithLongVariant {
        @Test
        void holds() {}

        @Test
        @Tag("full")
        void isBrokenInTheLongRun() {
            throw new AssertionError("planted");
        }
    }

    static final class BrokenFromTheStart {
        @BeforeAll
        static void start() {
            throw new IllegalStateException("planted");
        }

        @Test
        void isNotReached() {}
    }
}
