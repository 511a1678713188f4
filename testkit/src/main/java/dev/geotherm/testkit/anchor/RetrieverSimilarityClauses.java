package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.cosine;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.testkit.RandomCases;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about search by vectors, and by words and vectors together. */
abstract class RetrieverSimilarityClauses {
    private final PassageIndexFixture fixture;

    RetrieverSimilarityClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void similarity_ranksByCosine() {
        fixture.have(
                passage("a", "", 0, 1), passage("b", "", 5, 5), passage("c", "", 0.1f, 0), passage("d", "", -1, 0));
        assertThat(fixture.found(Query.similarity(new float[] {2, 0}, 10))).containsExactly("c", "b", "a", "d");
    }

    @Test
    void similarity_tiesAreOrderedById() {
        fixture.have(passage("c", "", 1, 0), passage("a", "", 1, 0), passage("b", "", 1, 0), passage("d", "", 0, 1));
        assertThat(fixture.found(Query.similarity(new float[] {1, 0}, 2))).containsExactly("a", "b");
    }

    @Test
    void similarity_omitsPassagesWithoutVector() {
        fixture.have(passage("a", "apple"), passage("b", "", 0, 0), passage("c", "", 0, 1));
        assertThat(fixture.found(Query.similarity(new float[] {1, 0}, 10))).containsExactly("c");
    }

    @Test
    void similarity_allZeroVectorFindsNothing() {
        fixture.have(passage("a", "", 0, 1));
        assertThat(fixture.found(Query.similarity(new float[2], 10))).isEmpty();
    }

    @Test
    void similarity_otherLengthIsRefused() {
        fixture.have(passage("a", "", 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.retriever.search(Query.similarity(new float[3], 10)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.retriever.search(Query.fused("a", new float[3], 10)));
    }

    @Test
    void similarity_isExact() {
        RandomCases.run(3, random -> {
            try (PassageIndex fresh = fixture.openAs("exact")) {
                Map<String, float[]> vectors = new HashMap<>();
                for (int i = 0; i < 200; i++) {
                    vectors.put("p" + i, vector(random, 16));
                }
                vectors.forEach((id, vector) -> fresh.index(List.of(passage(id, "", vector))));
                fresh.refresh();
                float[] query = vector(random, 16);
                List<String> expected = vectors.entrySet().stream()
                        .sorted(Comparator.comparingDouble(
                                (Map.Entry<String, float[]> each) -> -cosine(each.getValue(), query)))
                        .limit(20)
                        .map(Map.Entry::getKey)
                        .toList();
                assertThat(fresh.retriever().search(Query.similarity(query, 20)).stream()
                                .map(Hit::passage))
                        .containsExactlyElementsOf(expected);
            }
        });
    }

    @Test
    void fused_usesBothRankings() {
        fixture.have(
                passage("both", "apple", 1, 0),
                passage("word", "apple pie crust", 0, 1),
                passage("near", "pear", 1, 0.2f));
        assertThat(fixture.found(Query.fused("apple", new float[] {1, 0}, 10)))
                .startsWith("both")
                .containsExactlyInAnyOrder("both", "word", "near");
    }

    @Test
    void fused_oneRankingSuffices() {
        fixture.have(passage("word", "apple"), passage("near", "pear", 1, 0));
        assertThat(fixture.found(Query.fused("", new float[] {1, 0}, 10))).containsExactly("near");
        assertThat(fixture.found(Query.fused("apple", new float[2], 10))).containsExactly("word");
    }
}
