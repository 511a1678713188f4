package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clauses of {@link EmbedderContract} about the rows that receive the vectors. */
abstract class EmbedderRowClauses {
    private final EmbedderFixture fixture;

    EmbedderRowClauses(EmbedderFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void embed_overwritesRows() {
        List<String> texts = List.of(fixture.texts().get(0), "");
        float[][] expected = fixture.embedAll(fixture.embedder, texts);
        float[][] into = fixture.rows(2);
        Arrays.fill(into[0], 7);
        Arrays.fill(into[1], 7);
        fixture.embedder.embed(texts, into);
        assertThat(into).isDeepEqualTo(expected);
    }

    @Test
    void embed_leavesFurtherRowsUnchanged() {
        float[][] into = fixture.rows(2);
        Arrays.fill(into[1], 7);
        fixture.embedder.embed(fixture.texts().subList(0, 1), into);
        assertThat(into[1]).containsOnly(7f);
    }

    @Test
    void embed_noTextsWriteNothing() {
        float[][] into = fixture.rows(1);
        Arrays.fill(into[0], 7);
        fixture.embedder.embed(List.of(), into);
        fixture.embedder.embed(List.of(), new float[0][]);
        assertThat(into[0]).containsOnly(7f);
    }

    @Test
    void embed_missingRowIsRefused() {
        float[][] into = fixture.rows(1);
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.embedder.embed(fixture.texts(), into));
        assertThat(into[0]).containsOnly(0f);
    }

    @Test
    void embed_rowOfOtherLengthIsRefused() {
        float[][] into = fixture.rows(2);
        into[1] = new float[fixture.embedder.dimension() + 1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.embedder.embed(fixture.texts().subList(0, 2), into));
        assertThat(into[0]).containsOnly(0f);
        assertThat(into[1]).containsOnly(0f);
    }
}
