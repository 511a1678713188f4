package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.queries;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.varied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The clauses of {@link PassageIndexesContract} about search in every mode: hits, limits, repeated queries and batches of
 * queries.
 */
abstract class RetrieverSearchClauses {
    private final PassageIndexFixture fixture;

    RetrieverSearchClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void search_hitsHaveTheirOrigin() {
        AnchorId anchor = new AnchorId("x");
        fixture.have(
                passage("a", "report", "", "apple", 7, PassageIndexFixture.NOON, anchor),
                passage("b", "report", "", "pear", 13, PassageIndexFixture.NOON, null));
        Hit hit = fixture.retriever.search(Query.lexical("apple", 1)).get(0);
        assertThat(new Hit(hit.passage(), hit.document(), hit.anchor(), hit.start(), hit.end(), 0))
                .isEqualTo(new Hit("a", "report", anchor, 7, 12, 0));
        assertThat(fixture.retriever.search(Query.lexical("pear", 1)).get(0).anchor())
                .isNull();
    }

    @Test
    void search_scoresFallInEveryMode() {
        fixture.have(varied(new Random(7), 50).toArray(Passage[]::new));
        for (Query query : queries(new Random(8), 50)) {
            assertThat(fixture.retriever.search(query).stream().map(Hit::score))
                    .as("%s", query)
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test
    void search_limitHoldsInEveryMode() {
        fixture.have(varied(new Random(7), 50).toArray(Passage[]::new));
        for (Query query : queries(new Random(8), 3)) {
            assertThat(fixture.retriever.search(query)).as("%s", query).hasSize(3);
        }
    }

    @Test
    void search_anyLimitIsAccepted() {
        fixture.have(varied(new Random(7), 5).toArray(Passage[]::new));
        for (Query query : queries(new Random(8), Integer.MAX_VALUE)) {
            assertThat(fixture.retriever.search(query)).as("%s", query).isNotEmpty();
        }
    }

    @Test
    void search_emptyIndexHasNoHits() {
        for (Query query : queries(new Random(8), 10)) {
            assertThat(fixture.retriever.search(query)).as("%s", query).isEmpty();
        }
    }

    @Test
    void search_collapsedHasTheBestPassageOfEachDocument() {
        fixture.have(varied(new Random(7), 50).toArray(Passage[]::new));
        for (Query query : queries(new Random(8), 50)) {
            Map<String, Hit> best = new LinkedHashMap<>();
            fixture.retriever.search(query).forEach(hit -> best.putIfAbsent(hit.document(), hit));
            assertThat(fixture.retriever.search(query.collapsed()))
                    .as("%s", query)
                    .containsExactlyElementsOf(best.values());
        }
    }

    @Test
    void search_collapsedLimitIsOneOfDocuments() {
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) { // enough to fill a search of the usual depth
            passages.add(passage("long" + i, "long", "", "apple apple", i, PassageIndexFixture.NOON, null, 1, 0));
        }
        for (int i = 0; i < 20; i++) {
            passages.add(passage("s" + i, "short" + i, "", "apple plum", 0, PassageIndexFixture.NOON, null, 1, 0.5f));
        }
        fixture.have(passages.toArray(Passage[]::new));
        float[] vector = {1, 0};
        for (Query query : List.of(
                Query.lexical("apple", 15),
                Query.similarity(vector, 15),
                Query.fused("apple", vector, 15),
                Query.weighted("apple", vector, 15),
                Query.newest("apple", 15))) {
            assertThat(fixture.retriever.search(query.collapsed()).stream().map(Hit::document))
                    .as("%s", query)
                    .hasSize(15)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void refresh_isSeenByRepeatedQueries() {
        fixture.have(passage("a", "apple", 1, 0));
        Query words = Query.lexical("apple", 10);
        Query near = Query.similarity(new float[] {1, 0}, 10);
        assertThat(fixture.found(words)).containsExactly("a");
        assertThat(fixture.found(near)).containsExactly("a");
        fixture.have(passage("b", "apple", 1, 0));
        assertThat(fixture.found(words)).containsExactlyInAnyOrder("a", "b");
        assertThat(fixture.found(near)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void search_equalQueriesHaveEqualHits() {
        fixture.have(varied(new Random(7), 50).toArray(Passage[]::new));
        List<Query> first = queries(new Random(8), 10);
        List<Query> second = queries(new Random(8), 10);
        for (int i = 0; i < first.size(); i++) {
            assertThat(fixture.retriever.search(second.get(i))).isEqualTo(fixture.retriever.search(first.get(i)));
        }
    }

    @Test
    void search_differentQueriesAreNotConfused() {
        fixture.have(passage("a", "apple", 1, 0), passage("b", "pear", 0, 1), passage("c", "apple", 0.2f, 1));
        assertThat(fixture.found(Query.similarity(new float[] {1, 0}, 1))).containsExactly("a");
        assertThat(fixture.found(Query.similarity(new float[] {0, 1}, 1))).containsExactly("b");
        assertThat(fixture.found(Query.similarity(new float[] {0, 1}, 2))).containsExactly("b", "c");
        assertThat(fixture.found(Query.lexical("apple", 2))).containsExactlyInAnyOrder("a", "c");
        assertThat(fixture.found(Query.newest("apple", 1))).containsExactly("a");
    }

    @Test
    void searchAll_equalsSearchOfEach() {
        fixture.have(varied(new Random(7), 40).toArray(Passage[]::new));
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            queries.addAll(queries(new Random(i), 1 + i));
        }
        List<List<Hit>> all = fixture.retriever.searchAll(queries);
        try (PassageIndex fresh = fixture.openAs("fresh")) {
            fresh.index(varied(new Random(7), 40));
            fresh.refresh();
            assertThat(all)
                    .isEqualTo(queries.stream().map(fresh.retriever()::search).toList());
        }
    }

    @Test
    void rankAll_hasIdsAndScoresOfTheHits() {
        fixture.have(varied(new Random(7), 40).toArray(Passage[]::new));
        List<Query> queries = new ArrayList<>(queries(new Random(8), 10));
        queries.addAll(queries(new Random(9), 2).stream().map(Query::collapsed).toList());
        List<List<Ranked>> expected = new ArrayList<>();
        for (Query query : queries) {
            expected.add(fixture.retriever.search(query).stream()
                    .map(hit -> new Ranked(query.collapse() ? hit.document() : hit.passage(), hit.score()))
                    .toList());
        }
        assertThat(fixture.retriever.rankAll(queries)).isEqualTo(expected);
    }

    @Test
    void searchAll_noQueriesHaveNoAnswers() {
        assertThat(fixture.retriever.searchAll(List.of())).isEmpty();
    }
}
