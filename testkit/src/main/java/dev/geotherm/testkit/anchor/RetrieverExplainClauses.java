package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.queries;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.varied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about explanations of hits. */
abstract class RetrieverExplainClauses {
    private final PassageIndexFixture fixture;

    RetrieverExplainClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void explain_hitsAreThoseOfASearch() {
        fixture.have(varied(new Random(7), 50).toArray(Passage[]::new));
        List<Query> queries = new ArrayList<>(queries(new Random(8), 10));
        queries.addAll(queries(new Random(9), 2).stream().map(Query::collapsed).toList());
        for (Query query : queries) {
            assertThat(fixture.retriever.explain(query).stream().map(ExplainedHit::hit))
                    .as("%s", query)
                    .containsExactlyElementsOf(fixture.retriever.search(query));
        }
    }

    @Test
    void explain_contributionsSumUpToTheScore() {
        fixture.have(varied(new Random(7), 50).toArray(Passage[]::new));
        for (Query query : queries(new Random(8), 50)) {
            for (ExplainedHit hit : fixture.retriever.explain(query)) {
                double sum = hit.parts().stream()
                        .mapToDouble(ExplainedHit.Part::contribution)
                        .sum();
                assertThat(sum).as("%s", query).isCloseTo(hit.hit().score(), offset(1e-9 * Math.abs(sum) + 1e-9));
                double weights = hit.parts().stream()
                        .mapToDouble(ExplainedHit.Part::weight)
                        .sum();
                assertThat(weights).as("%s", query).isCloseTo(1, offset(1e-9));
            }
        }
    }

    @Test
    void explain_hasTheRankInEachPart() {
        fixture.have(passage("both", "apple", 1, 0), passage("word", "apple", 0, 1), passage("near", "pear", 1, 0.2f));
        float[] vector = {1, 0};
        for (Query query : List.of(Query.fused("apple", vector, 10), Query.weighted("apple", vector, 10))) {
            for (ExplainedHit hit : fixture.retriever.explain(query)) {
                assertThat(hit.parts().stream().map(ExplainedHit.Part::mode))
                        .containsExactly(RetrievalMode.LEXICAL, RetrievalMode.SIMILARITY);
                assertRank(hit, 0, Query.lexical("apple", 10));
                assertRank(hit, 1, Query.similarity(vector, 10));
            }
        }
        assertThat(fixture.retriever
                        .explain(Query.lexical("apple", 10))
                        .get(1)
                        .parts()
                        .get(0)
                        .rank())
                .isEqualTo(2);
    }

    private void assertRank(ExplainedHit hit, int part, Query alone) {
        List<Hit> ranking = fixture.retriever.search(alone);
        int place = fixture.found(alone).indexOf(hit.hit().passage());
        assertThat(hit.parts().get(part).rank()).as("%s", hit).isEqualTo(place + 1);
        assertThat(hit.parts().get(part).score())
                .as("%s", hit)
                .isCloseTo(place < 0 ? 0 : ranking.get(place).score(), offset(1e-6));
    }

    @Test
    void explain_timeOfACompositeIsAFactorWithoutARank() {
        fixture.have(passage("a", "apple"));
        Query query = Query.composite("apple", new float[2], 1).withWeights(Weights.parse("lexical=1,time=1"));
        List<ExplainedHit.Part> parts = fixture.retriever.explain(query).get(0).parts();
        assertThat(parts.stream().map(ExplainedHit.Part::mode))
                .containsExactly(RetrievalMode.LEXICAL, RetrievalMode.TIME);
        assertThat(parts.get(1)).isEqualTo(new ExplainedHit.Part(RetrievalMode.TIME, 0, 1, 0.5, 0.5));
    }

    @Test
    void explain_hasTheWordsThatMatch() {
        fixture.have(
                passage("a", "Apple tart, and apple pie"),
                passage("b", "pear"),
                passage("c", "pear"),
                passage("d", ""));
        Query query = Query.lexical("an APPLE or a pear", 10);
        for (ExplainedHit hit : fixture.retriever.explain(query)) {
            String word = hit.hit().passage().equals("a") ? "apple" : "pear";
            assertThat(hit.terms()).as("%s", hit).hasSize(1);
            assertThat(hit.terms().get(0).word()).isEqualToIgnoringCase(word);
            assertThat(hit.terms().get(0).score()).isCloseTo(hit.hit().score(), offset(1e-6));
        }
        assertThat(fixture.retriever
                        .explain(Query.lexical("pear apple", 1))
                        .get(0)
                        .terms())
                .hasSize(1);
    }

    @Test
    void explain_withoutWordsHasNoTerms() {
        fixture.have(passage("a", "apple", 1, 0));
        assertThat(fixture.retriever
                        .explain(Query.similarity(new float[] {1, 0}, 1))
                        .get(0)
                        .terms())
                .isEmpty();
    }

    @Test
    void explain_nothingFoundIsEmpty() {
        for (Query query : queries(new Random(8), 10)) {
            assertThat(fixture.retriever.explain(query)).as("%s", query).isEmpty();
        }
    }
}
