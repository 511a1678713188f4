package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.anchor.Embedder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clauses of {@link EmbedderContract} about metrics and close. */
abstract class EmbedderLifeClauses {
    private final EmbedderFixture fixture;

    EmbedderLifeClauses(EmbedderFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void metrics_countTextsAndCharacters() {
        fixture.embedAll(fixture.embedder, fixture.texts());
        assertThat(fixture.embedder.metrics().texts()).isEqualTo(fixture.texts().size());
        assertThat(fixture.embedder.metrics().characters())
                .isEqualTo(fixture.texts().stream().mapToLong(String::length).sum());
        assertThat(fixture.embedder.metrics().time().count())
                .isEqualTo(fixture.texts().size());
        assertThat(fixture.embedder.metrics().time().min()).isNotNegative();
    }

    @Test
    void fingerprint_isThatOfAnEmbedderWithEqualVectors() {
        try (Embedder other = fixture.openAnother()) {
            assertThat(other.fingerprint()).isEqualTo(fixture.embedder.fingerprint());
        }
    }

    @Test
    void close_laterCallsAreRefused() {
        fixture.embedder.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.embedder.embed(List.of("a"), new float[1][fixture.embedder.dimension()]));
    }

    @Test
    void close_isIdempotent() {
        fixture.embedder.close();
        assertThatCode(fixture.embedder::close).doesNotThrowAnyException();
    }
}
