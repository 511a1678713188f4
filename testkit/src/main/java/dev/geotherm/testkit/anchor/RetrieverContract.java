package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Retriever} does; extend it and say how yours is opened. */
public abstract class RetrieverContract extends RetrieverSearchClauses {

    /** For subclasses. */
    protected RetrieverContract() {}

    /** Returns a new, empty retriever, always of the same settings; the contract closes it. */
    @Override
    protected abstract Retriever open(ComponentContext context);

    @Nested
    final class Indexing {
        @Test
        void passagesAreFoundAfterARefreshOnly() {
            retriever.index(List.of(passage("a", "apple")));
            assertThat(found(Query.lexical("apple", 10))).isEmpty();
            retriever.refresh();
            assertThat(found(Query.lexical("apple", 10))).containsExactly("a");
        }

        @Test
        void aPassageReplacesTheOneOfItsId() {
            have(passage("a", "apple"));
            have(passage("a", "pear"));
            assertThat(found(Query.lexical("apple", 10))).isEmpty();
            assertThat(found(Query.lexical("pear", 10))).containsExactly("a");
        }

        @Test
        void theLastOfAnIdInABatchCounts() {
            have(passage("a", "apple"), passage("a", "pear"));
            assertThat(found(Query.lexical("apple pear", 10))).containsExactly("a");
            assertThat(found(Query.lexical("apple", 10))).isEmpty();
        }

        @Test
        void removedPassagesAreGoneAfterARefresh() {
            have(passage("a", "apple"), passage("b", "apple"));
            retriever.remove(List.of("a", "unknown"));
            assertThat(found(Query.lexical("apple", 10))).containsExactlyInAnyOrder("a", "b");
            retriever.refresh();
            assertThat(found(Query.lexical("apple", 10))).containsExactly("b");
        }

        @Test
        void embeddingsOfDifferentLengthAreRefusedAsAWhole() {
            have(passage("a", "apple", 1, 0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> retriever.index(List.of(passage("b", "apple", 1, 0), passage("c", "", 1, 0, 0))));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> retriever.index(List.of(passage("d", "apple", Float.NaN, 0))));
            retriever.refresh();
            assertThat(found(Query.lexical("apple", 10))).containsExactly("a");
        }

        @Test
        void theOrderAndTheBatchesDoNotMatter() {
            RandomCases.run(2, random -> {
                try (Retriever one = openAs("one");
                        Retriever many = openAs("many")) {
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
                        assertThat(many.search(query)).as("%s", query).isEqualTo(one.search(query));
                    }
                }
            });
        }
    }

    @Nested
    final class Repeating {
        @Test
        void aRefreshIsSeenByQueriesThatWereAskedBefore() {
            have(passage("a", "apple", 1, 0));
            Query words = Query.lexical("apple", 10);
            Query near = Query.similarity(new float[] {1, 0}, 10);
            assertThat(found(words)).containsExactly("a");
            assertThat(found(near)).containsExactly("a");
            have(passage("b", "apple", 1, 0));
            assertThat(found(words)).containsExactlyInAnyOrder("a", "b");
            assertThat(found(near)).containsExactlyInAnyOrder("a", "b");
        }

        @Test
        void equalQueriesHaveEqualHits() {
            have(varied(new Random(7), 50).toArray(Passage[]::new));
            List<Query> first = queries(new Random(8), 10);
            List<Query> second = queries(new Random(8), 10);
            for (int i = 0; i < first.size(); i++) {
                assertThat(retriever.search(second.get(i))).isEqualTo(retriever.search(first.get(i)));
            }
        }

        @Test
        void queriesThatDifferInOneThingAreDifferent() {
            have(passage("a", "apple", 1, 0), passage("b", "pear", 0, 1), passage("c", "apple", 0.2f, 1));
            assertThat(found(Query.similarity(new float[] {1, 0}, 1))).containsExactly("a");
            assertThat(found(Query.similarity(new float[] {0, 1}, 1))).containsExactly("b");
            assertThat(found(Query.similarity(new float[] {0, 1}, 2))).containsExactly("b", "c");
            assertThat(found(Query.lexical("apple", 2))).containsExactlyInAnyOrder("a", "c");
            assertThat(found(Query.newest("apple", 1))).containsExactly("a");
        }
    }

    @Nested
    final class ManyQueries {
        @Test
        void searchingForAllIsSearchingForEach() {
            have(varied(new Random(7), 100).toArray(Passage[]::new));
            List<Query> queries = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                queries.addAll(queries(new Random(i), 1 + i));
            }
            List<List<Hit>> all = retriever.searchAll(queries);
            try (Retriever fresh = openAs("fresh")) {
                fresh.index(varied(new Random(7), 100));
                fresh.refresh();
                assertThat(all).isEqualTo(queries.stream().map(fresh::search).toList());
            }
        }

        @Test
        void noQueriesHaveNoAnswers() {
            assertThat(retriever.searchAll(List.of())).isEmpty();
        }
    }

    @Nested
    final class Life {
        @Test
        void metricsCountPassagesAndSearches() {
            have(passage("a", "apple"), passage("b", "pear"));
            retriever.index(List.of(passage("c", "plum")));
            retriever.search(Query.lexical("apple", 1));
            retriever.searchAll(List.of(Query.lexical("apple", 1), Query.lexical("pear", 1)));
            assertThat(retriever.metrics().passages()).isEqualTo(2);
            assertThat(retriever.metrics().searches()).isEqualTo(3);
            assertThat(retriever.metrics().cacheHits()).isBetween(0L, 1L);
            assertThat(retriever.metrics().time().isNegative()).isFalse();
        }

        @Test
        void aClosedRetrieverRefuses() {
            retriever.close();
            assertThatIllegalStateException().isThrownBy(() -> retriever.search(Query.lexical("a", 1)));
            assertThatIllegalStateException().isThrownBy(() -> retriever.searchAll(List.of(Query.lexical("a", 1))));
            assertThatIllegalStateException().isThrownBy(() -> retriever.index(List.of(passage("a", "apple"))));
            assertThatIllegalStateException().isThrownBy(() -> retriever.remove(List.of("a")));
            assertThatIllegalStateException().isThrownBy(retriever::refresh);
        }

        @Test
        void closingTwiceIsFine() {
            retriever.close();
            assertThatCode(retriever::close).doesNotThrowAnyException();
        }

        @Test
        void searchesSeeWholeRefreshes() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            AtomicBoolean done = new AtomicBoolean();
            try {
                List<Future<?>> readers = new ArrayList<>();
                for (int reader = 0; reader < 2; reader++) {
                    readers.add(threads.submit(() -> {
                        while (!done.get()) {
                            assertThat(found(Query.lexical("apple", 1_000)).size() % 10)
                                    .isZero();
                        }
                    }));
                }
                for (int round = 0; round < 8; round++) {
                    int first = round * 10;
                    retriever.index(IntStream.range(first, first + 10)
                            .mapToObj(i -> passage("p" + i, "apple"))
                            .toList());
                    retriever.refresh();
                }
                done.set(true);
                for (Future<?> reader : readers) {
                    reader.get();
                }
                assertThat(found(Query.lexical("apple", 1_000))).hasSize(80);
            } finally {
                done.set(true);
                threads.shutdownNow();
            }
        }
    }
}
