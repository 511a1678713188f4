package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.PassageIndexFixture.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexMetrics;
import dev.geotherm.api.anchor.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The clauses of {@link PassageIndexesContract} about metrics, threads and close. */
abstract class PassageIndexLifeClauses {
    private final PassageIndexFixture fixture;

    PassageIndexLifeClauses(PassageIndexFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void metrics_countPassagesAndSearches() {
        fixture.have(passage("a", "apple"), passage("b", "pear"));
        fixture.index.index(List.of(passage("c", "plum")));
        fixture.retriever.search(Query.lexical("apple", 1));
        fixture.retriever.searchAll(List.of(Query.lexical("apple", 1), Query.lexical("pear", 1)));
        assertThat(fixture.index.metrics().passages()).isEqualTo(2);
        assertThat(fixture.index.metrics().searches()).isEqualTo(3);
        assertThat(fixture.index.metrics().cacheHits()).isBetween(0L, 1L);
        assertThat(fixture.index.metrics().time().count()).isEqualTo(3);
        assertThat(fixture.index.metrics().time().min()).isNotNegative();
    }

    @Test
    void close_laterCallsAreRefused() {
        fixture.index.close();
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.search(Query.lexical("a", 1)));
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.searchAll(List.of(Query.lexical("a", 1))));
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.rankAll(List.of(Query.lexical("a", 1))));
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.explain(Query.lexical("a", 1)));
        assertThatIllegalStateException().isThrownBy(() -> fixture.index.index(List.of(passage("a", "apple"))));
        assertThatIllegalStateException().isThrownBy(() -> fixture.index.remove(List.of("a")));
        assertThatIllegalStateException().isThrownBy(() -> fixture.index.assign(Map.of("a", Optional.empty())));
        assertThatIllegalStateException().isThrownBy(fixture.index::refresh);
        assertThatIllegalStateException().isThrownBy(() -> fixture.index.commit("m"));
        assertThatIllegalStateException().isThrownBy(fixture.index::marker);
        assertThatIllegalStateException().isThrownBy(() -> fixture.index.find(List.of("a")));
        assertThatIllegalStateException().isThrownBy(() -> fixture.index.forEach(passage -> {}));
        assertThatIllegalStateException().isThrownBy(fixture.index::size);
        assertThatIllegalStateException().isThrownBy(fixture.index::retriever);
        assertThatIllegalStateException().isThrownBy(() -> fixture.index.expunge("m"));
        assertThatIllegalStateException().isThrownBy(fixture.index::verify);
        assertThat(fixture.index.name()).isEqualTo("tested");
        assertThat(fixture.index.metrics().passages()).isZero();
    }

    @Test
    void close_isIdempotent() {
        fixture.index.close();
        assertThatCode(fixture.index::close).doesNotThrowAnyException();
    }

    @Test
    void close_ofTheComponentClosesItsIndexes() {
        PassageIndex durable = fixture.openDurable();
        fixture.indexes.close();
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.search(Query.lexical("a", 1)));
        assertThatIllegalStateException().isThrownBy(() -> durable.index(List.of()));
        assertThatIllegalStateException().isThrownBy(() -> fixture.indexes.open("late"));
    }

    @Test
    void open_nameInUseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> fixture.openAs("tested"));
        fixture.index.close();
        assertThat(fixture.openAs("tested").size()).isZero();
    }

    @Test
    void open_indexesAreIndependent() {
        fixture.have(passage("a", "apple"));
        try (PassageIndex other = fixture.openAs("other")) {
            other.index(List.of(passage("b", "apple"), passage("c", "apple")));
            other.refresh();
            assertThat(other.size()).isEqualTo(2);
            assertThat(fixture.found(Query.lexical("apple", 10))).containsExactly("a");
        }
    }

    @Test
    void metrics_nameEveryIndex() {
        fixture.have(passage("a", "apple"));
        fixture.index.commit("m");
        fixture.openAs("other").close();
        assertThat(fixture.indexes.metrics().indexes()).containsOnlyKeys("other", "tested");
        assertThat(fixture.indexes.metrics().opened()).isEqualTo(2);
        assertThat(fixture.indexes.metrics().closed()).isEqualTo(1);
        PassageIndexMetrics metrics = fixture.index.metrics();
        assertThat(fixture.indexes.metrics().indexes()).containsEntry("tested", metrics);
        assertThat(metrics.passages()).isEqualTo(1);
        assertThat(metrics.indexed()).isEqualTo(1);
        assertThat(metrics.commits()).isEqualTo(1);
    }

    @Test
    void refresh_isAtomicForConcurrentSearches() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicBoolean done = new AtomicBoolean();
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        assertThat(fixture.found(Query.lexical("apple", 1_000)).size() % 10)
                                .isZero();
                    }
                }));
            }
            for (int round = 0; round < 8; round++) {
                int first = round * 10;
                fixture.index.index(IntStream.range(first, first + 10)
                        .mapToObj(i -> passage("p" + i, "apple"))
                        .toList());
                fixture.index.refresh();
            }
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(fixture.found(Query.lexical("apple", 1_000))).hasSize(80);
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }
}
