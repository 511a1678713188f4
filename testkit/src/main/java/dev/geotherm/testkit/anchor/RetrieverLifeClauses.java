package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.RetrieverFixture.passage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.anchor.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The clauses of {@link RetrieverContract} about metrics, threads and close. */
abstract class RetrieverLifeClauses {
    private final RetrieverFixture fixture;

    RetrieverLifeClauses(RetrieverFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void metrics_countPassagesAndSearches() {
        fixture.have(passage("a", "apple"), passage("b", "pear"));
        fixture.retriever.index(List.of(passage("c", "plum")));
        fixture.retriever.search(Query.lexical("apple", 1));
        fixture.retriever.searchAll(List.of(Query.lexical("apple", 1), Query.lexical("pear", 1)));
        assertThat(fixture.retriever.metrics().passages()).isEqualTo(2);
        assertThat(fixture.retriever.metrics().searches()).isEqualTo(3);
        assertThat(fixture.retriever.metrics().cacheHits()).isBetween(0L, 1L);
        assertThat(fixture.retriever.metrics().time().count()).isEqualTo(3);
        assertThat(fixture.retriever.metrics().time().min()).isNotNegative();
    }

    @Test
    void close_laterCallsAreRefused() {
        fixture.retriever.close();
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.search(Query.lexical("a", 1)));
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.searchAll(List.of(Query.lexical("a", 1))));
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.index(List.of(passage("a", "apple"))));
        assertThatIllegalStateException().isThrownBy(() -> fixture.retriever.remove(List.of("a")));
        assertThatIllegalStateException().isThrownBy(fixture.retriever::refresh);
    }

    @Test
    void close_isIdempotent() {
        fixture.retriever.close();
        assertThatCode(fixture.retriever::close).doesNotThrowAnyException();
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
                fixture.retriever.index(IntStream.range(first, first + 10)
                        .mapToObj(i -> passage("p" + i, "apple"))
                        .toList());
                fixture.retriever.refresh();
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
