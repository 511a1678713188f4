package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.NOON;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.queries;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.varied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Filter;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The clauses of {@link PassageIndexesContract} about filters: a filtered search returns the hits of the same search that
 * match the filter.
 */
abstract class RetrieverFilterClauses {
    private final PassageIndexFixture fixture;
    private final Map<String, Passage> passages = new HashMap<>();

    RetrieverFilterClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @BeforeEach
    void index() {
        for (Passage each : varied(new Random(7), 60)) {
            String source = "source" + each.id().length() % 2;
            passages.put(each.id(), each.ingestedFrom(source, "", each.timestamp()));
        }
        fixture.have(passages.values().toArray(Passage[]::new));
    }

    /** Searches in every mode without a limit that could hide hits, and once with a limit. */
    @SuppressWarnings("NullAway") // NullAway does not see in class files that the embedding of a query may be null
    private void assertKeeps(Filter filter, Predicate<Passage> accepted) {
        for (Query query : queries(new Random(8), 100)) {
            List<Hit> expected = new ArrayList<>(fixture.retriever.search(query));
            expected.removeIf(hit -> !accepted.test(passages.get(hit.passage())));
            List<String> found = ids(fixture.retriever.search(query.filtered(filter)));
            if (query.mode().combines()) { // combines rankings that are already filtered
                assertThat(found).as("%s", query).containsExactlyInAnyOrderElementsOf(ids(expected));
            } else {
                assertThat(found).as("%s", query).isEqualTo(ids(expected));
            }
            Query few = new Query(
                    query.mode(),
                    query.text(),
                    query.embedding(),
                    query.anchor(),
                    query.document(),
                    3,
                    false,
                    filter,
                    query.weights());
            assertThat(ids(fixture.retriever.search(few)))
                    .as("%s", few)
                    .isEqualTo(found.subList(0, Math.min(3, found.size())));
        }
    }

    private static List<String> ids(List<Hit> hits) {
        return hits.stream().map(Hit::passage).toList();
    }

    @Test
    void filter_byDocument() {
        assertKeeps(
                Filter.none().ofDocuments(Set.of("doc1", "doc2", "unknown")),
                each -> !each.document().equals("doc0"));
    }

    @Test
    void filter_bySource() {
        assertKeeps(
                Filter.none().ofSources(Set.of("source0")),
                each -> each.source().equals("source0"));
    }

    @Test
    void filter_byTimeExcludesTheEnd() {
        assertKeeps(
                Filter.none().between(NOON.plusSeconds(5), NOON.plusSeconds(12)),
                each -> !each.timestamp().isBefore(NOON.plusSeconds(5))
                        && each.timestamp().isBefore(NOON.plusSeconds(12)));
        assertKeeps(
                Filter.none().between(NOON.plusSeconds(5), null),
                each -> !each.timestamp().isBefore(NOON.plusSeconds(5)));
    }

    @Test
    void filter_timesAreExact() {
        passages.clear();
        Passage late = PassageIndexFixture.atTime(
                "late", "apple", NOON.plusSeconds(100).plusNanos(1));
        passages.put("late", late);
        fixture.have(late);
        Query newest = Query.newest("apple", 10);
        assertThat(fixture.found(newest.filtered(
                        Filter.none().between(NOON.plusSeconds(100).plusNanos(1), null))))
                .containsExactly("late");
        assertThat(fixture.found(newest.filtered(
                        Filter.none().between(NOON.plusSeconds(100).plusNanos(2), null))))
                .isEmpty();
    }

    @Test
    void filter_allConditionsMustHold() {
        assertKeeps(
                Filter.none()
                        .ofDocuments(Set.of("doc1"))
                        .ofSources(Set.of("source1"))
                        .between(null, NOON.plusSeconds(9)),
                each -> each.document().equals("doc1")
                        && each.source().equals("source1")
                        && each.timestamp().isBefore(NOON.plusSeconds(9)));
    }

    @Test
    void filter_seesTheLastRefresh() {
        Query query = Query.lexical("apple", 100).filtered(Filter.none().ofDocuments(Set.of("doc1")));
        List<String> before = fixture.found(query);
        fixture.index.remove(List.of(before.get(0)));
        fixture.have(new Passage("new", "doc1", "", "apple", 0, 5, NOON, null, null));
        assertThat(fixture.found(query)).hasSameSizeAs(before).contains("new").doesNotContain(before.get(0));
    }

    @Test
    void filter_ofACollapsedQueryHoldsForPassages() {
        Filter filter = Filter.none().ofSources(Set.of("source0"));
        Set<String> accepted = new HashSet<>();
        passages.values().stream()
                .filter(each -> each.source().equals("source0"))
                .forEach(each -> accepted.add(each.id()));
        assertThat(fixture.retriever.search(
                        Query.lexical("apple", 10).filtered(filter).collapsed()))
                .isNotEmpty()
                .allMatch(hit -> accepted.contains(hit.passage()))
                .extracting(Hit::document)
                .doesNotHaveDuplicates();
    }
}
