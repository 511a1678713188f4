package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.queries;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.varied;
import static dev.geotherm.testkit.anchor.PassageIndexFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about indexing, removal and refresh. */
abstract class PassageIndexWriteClauses {
    private final PassageIndexFixture fixture;

    PassageIndexWriteClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void refresh_makesPassagesVisible() {
        fixture.index.index(List.of(passage("a", "apple")));
        assertThat(fixture.found(Query.lexical("apple", 10))).isEmpty();
        fixture.index.refresh();
        assertThat(fixture.found(Query.lexical("apple", 10))).containsExactly("a");
    }

    @Test
    void refresh_withoutChangesKeepsTheHits() {
        fixture.have(passage("a", "apple", 1, 0));
        List<Hit> before = fixture.retriever.search(Query.lexical("apple", 10));
        fixture.index.refresh();
        assertThat(fixture.retriever.search(Query.lexical("apple", 10))).isEqualTo(before);
    }

    @Test
    void index_replacesThePassageOfTheSameId() {
        fixture.have(passage("a", "apple"));
        fixture.have(passage("a", "pear"));
        assertThat(fixture.found(Query.lexical("apple", 10))).isEmpty();
        assertThat(fixture.found(Query.lexical("pear", 10))).containsExactly("a");
    }

    @Test
    void index_lastOfTheSameIdInABatchWins() {
        fixture.have(passage("a", "apple"), passage("a", "pear"));
        assertThat(fixture.found(Query.lexical("apple pear", 10))).containsExactly("a");
        assertThat(fixture.found(Query.lexical("apple", 10))).isEmpty();
    }

    @Test
    void refresh_hidesRemovedPassages() {
        fixture.have(passage("a", "apple"), passage("b", "apple"));
        fixture.index.remove(List.of("a", "unknown"));
        assertThat(fixture.found(Query.lexical("apple", 10))).containsExactlyInAnyOrder("a", "b");
        fixture.index.refresh();
        assertThat(fixture.found(Query.lexical("apple", 10))).containsExactly("b");
    }

    @Test
    void index_invalidEmbeddingRefusesTheWholeBatch() {
        fixture.have(passage("a", "apple", 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.index.index(List.of(passage("b", "apple", 1, 0), passage("c", "", 1, 0, 0))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.index.index(List.of(passage("d", "apple", Float.NaN, 0))));
        fixture.index.refresh();
        assertThat(fixture.found(Query.lexical("apple", 10))).containsExactly("a");
    }

    @Test
    void search_isIndependentOfOrderAndBatches() {
        RandomCases.run(2, random -> {
            try (PassageIndex one = fixture.openAs("one");
                    PassageIndex many = fixture.openAs("many")) {
                List<Passage> passages = varied(random, 60);
                one.index(passages);
                one.refresh();
                List<Passage> shuffled = new ArrayList<>(passages);
                Collections.shuffle(shuffled, random);
                many.index(varied(random, 30));
                for (Passage passage : shuffled) {
                    many.index(List.of(passage));
                    if (random.nextInt(5) == 0) {
                        many.refresh();
                    }
                }
                many.index(List.of(passage("gone", "apple pear plum", vector(random, 4))));
                many.refresh();
                many.remove(Set.of("gone"));
                many.refresh();
                for (Query query : queries(random, 20)) {
                    assertThat(many.retriever().search(query))
                            .as("%s", query)
                            .isEqualTo(one.retriever().search(query));
                }
            }
        });
    }
}
