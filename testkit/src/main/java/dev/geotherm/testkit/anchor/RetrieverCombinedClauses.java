package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.NOON;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.atTime;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.varied;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Filter;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Weights;
import dev.geotherm.testkit.RandomCases;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about modes that combine other modes, and their weights. */
abstract class RetrieverCombinedClauses {
    private static final int ALL = 1_000;

    private final PassageIndexFixture fixture;

    RetrieverCombinedClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void fused_weightsOfTheQueryDecide() {
        fixture.have(passage("word", "apple"), passage("near", "pear", 1, 0));
        Query query = Query.fused("apple", new float[] {1, 0}, 10);
        assertThat(fixture.found(query.withWeights(Weights.parse("lexical=2,similarity=1"))))
                .containsExactly("word", "near");
        assertThat(fixture.found(query.withWeights(Weights.parse("lexical=1,similarity=2"))))
                .containsExactly("near", "word");
    }

    @Test
    void weighted_findsByEitherMode() {
        fixture.have(passage("word", "apple"), passage("near", "pear", 1, 0), passage("none", "plum"));
        assertThat(fixture.found(Query.weighted("apple", new float[] {1, 0}, 10)))
                .containsExactlyInAnyOrder("word", "near");
    }

    @Test
    void weighted_isTheSumOfScoresDividedByTheBest() {
        RandomCases.run(3, random -> {
            fixture.have(varied(random, 60).toArray(Passage[]::new));
            String text = "apple plum";
            float[] vector = vector(random, 4);
            Map<String, Double> words = relative(Query.lexical(text, ALL));
            Map<String, Double> near = relative(Query.similarity(vector, ALL));
            double share = 0.1 + 0.8 * random.nextDouble();
            Weights weights = Weights.none()
                    .with(RetrievalMode.LEXICAL, 3 * share)
                    .with(RetrievalMode.SIMILARITY, 3 * (1 - share));
            List<Hit> hits =
                    fixture.retriever.search(Query.weighted(text, vector, ALL).withWeights(weights));
            assertThat(hits).hasSize(60);
            for (Hit hit : hits) {
                assertThat(hit.score())
                        .isCloseTo(
                                share * words.getOrDefault(hit.passage(), 0.0)
                                        + (1 - share) * near.getOrDefault(hit.passage(), 0.0),
                                offset(1e-6));
            }
        });
    }

    /** Returns the scores of a search divided by the best one, or 0 if they are below 0. */
    private Map<String, Double> relative(Query query) {
        List<Hit> hits = fixture.retriever.search(query);
        Map<String, Double> scores = new HashMap<>();
        for (Hit hit : hits) {
            scores.put(hit.passage(), Math.max(0, hit.score()) / hits.get(0).score());
        }
        return scores;
    }

    @Test
    void weighted_modeWithoutWeightTakesNoPart() {
        fixture.have(varied(new Random(7), 60).toArray(Passage[]::new));
        float[] vector = vector(new Random(8), 4);
        Query query = Query.weighted("plum", vector, ALL);
        assertThat(fixture.found(query.withWeights(Weights.parse("lexical=1,similarity=0"))))
                .isEqualTo(fixture.found(Query.lexical("plum", ALL)));
        assertThat(fixture.found(query.withWeights(Weights.parse("similarity=0.1"))))
                .containsExactlyInAnyOrderElementsOf(fixture.found(Query.similarity(vector, ALL)));
    }

    @Test
    void composite_olderPassagesCountLess() {
        fixture.have(
                atTime("old", "apple", NOON.minus(Duration.ofDays(900))),
                atTime("new", "apple", NOON),
                atTime("fresh", "apple", NOON.minus(Duration.ofDays(1))));
        Query query = Query.composite("apple", new float[] {1, 0}, 10);
        List<Hit> hits = fixture.retriever.search(query.withWeights(Weights.parse("lexical=1,time=3")));
        assertThat(hits.stream().map(Hit::passage)).containsExactly("new", "fresh", "old");
        assertThat(hits.get(0).score()).isCloseTo(1, offset(1e-6));
        assertThat(hits.get(2).score()).isBetween(0.25, 0.75);
        assertThat(fixture.found(query.withWeights(Weights.parse("lexical=1")))).containsExactly("fresh", "new", "old");
    }

    @Test
    void composite_ageIsThatOfTheIndexAndNotOfTheFilter() {
        fixture.have(
                atTime("old", "apple", NOON.minus(Duration.ofDays(30))).ingestedFrom("a", "", NOON),
                atTime("new", "apple", NOON).ingestedFrom("b", "", NOON));
        Query query = Query.composite("apple", new float[] {1, 0}, 10).withWeights(Weights.parse("lexical=1,time=1"));
        double unfiltered = fixture.retriever.search(query).get(1).score();
        assertThat(fixture.retriever
                        .search(query.filtered(Filter.none().ofSources(Set.of("a"))))
                        .get(0)
                        .score())
                .isCloseTo(unfiltered, offset(1e-6))
                .isLessThan(1);
    }

    @Test
    void composite_timeFindsNothingByItself() {
        fixture.have(atTime("a", "apple", NOON), atTime("b", "pear", NOON.plusSeconds(1)));
        assertThat(fixture.found(Query.composite("apple", new float[2], 10))).containsExactly("a");
        assertThat(fixture.found(Query.composite("plum", new float[2], 10))).isEmpty();
    }

    @Test
    void composite_addsEveryMode() {
        AnchorId anchor = new AnchorId("x");
        fixture.have(
                passage("member", "other", "", "pear", 0, NOON, anchor, 1, 0),
                passage("near", "other", "", "pear", 0, NOON, null, 1, 1),
                passage("page", "mine", "", "plum", 0, NOON, null, -1, 0),
                passage("word", "other", "", "apple", 0, NOON.minus(Duration.ofDays(9_000)), null),
                passage("none", "other", "", "grape", 0, NOON, null));
        Query query = new Query(
                RetrievalMode.COMPOSITE,
                "apple",
                new float[] {0, 1},
                anchor,
                "mine",
                10,
                false,
                Filter.none(),
                Weights.parse("lexical=1,similarity=1,neighbourhood=3,provenance=4,time=1"));
        Map<String, Double> scores = new HashMap<>();
        fixture.retriever.search(query).forEach(hit -> scores.put(hit.passage(), 10 * hit.score()));
        assertThat(scores).containsOnlyKeys("member", "near", "page", "word");
        assertThat(scores.get("member")).isCloseTo(3 + 1, offset(1e-3));
        assertThat(scores.get("near")).isCloseTo(1 + 3 * Math.sqrt(0.5) + 1, offset(1e-3));
        assertThat(scores.get("page")).isCloseTo(4 + 1, offset(1e-3));
        assertThat(scores.get("word")).isCloseTo(1, offset(1e-3));
    }
}
