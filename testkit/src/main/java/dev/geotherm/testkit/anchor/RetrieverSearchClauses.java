package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.testkit.RandomCases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clauses of {@link RetrieverContract} about single searches, and what all its clauses use. */
@SuppressWarnings("NullAway") // it does not see in class files that the array of a passage may be null
abstract class RetrieverSearchClauses {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    Retriever retriever;

    RetrieverSearchClauses() {}

    /** Returns a new, empty retriever, always of the same settings; the contract closes it. */
    protected abstract Retriever open(ComponentContext context);

    @BeforeEach
    final void openRetriever() {
        retriever = openAs("retrieval");
    }

    @AfterEach
    final void closeRetriever() {
        retriever.close();
    }

    final Retriever openAs(String instance) {
        return open(ComponentContext.standalone(instance).withWorkDirectory(folder.resolve(instance)));
    }

    static Passage passage(String id, String text, float... embedding) {
        return new Passage(id, "doc", "", text, 0, text.length(), NOON, null, embedding.length == 0 ? null : embedding);
    }

    static Passage at(String id, String text, Instant time) {
        return new Passage(id, "doc", "", text, 0, text.length(), time, null, null);
    }

    static Passage of(String id, @Nullable AnchorId anchor, float... embedding) {
        return new Passage(id, "doc", "", "", 0, 0, NOON, anchor, embedding.length == 0 ? null : embedding);
    }

    private static Passage inDocument(String id, String document, int start) {
        return new Passage(id, document, "", "text", start, start + 4, NOON, null, null);
    }

    final void have(Passage... passages) {
        retriever.index(List.of(passages));
        retriever.refresh();
    }

    final List<String> found(Query query) {
        return retriever.search(query).stream().map(Hit::passage).toList();
    }

    @Nested
    final class ByWords {
        @Test
        void whatHasTheWordsIsFound() {
            have(passage("a", "an apple"), passage("b", "a pear"));
            assertThat(found(Query.lexical("apple", 10))).containsExactly("a");
        }

        @Test
        void moreOfTheWordsIsBetter() {
            have(passage("a", "apple tart cake"), passage("b", "apple pear cake"), passage("c", "plum tart cake"));
            assertThat(found(Query.lexical("apple pear", 10))).containsExactly("b", "a");
        }

        @Test
        void titlesCount() {
            have(new Passage("a", "doc", "On apples", "nothing else", 0, 12, NOON, null, null));
            assertThat(found(Query.lexical("apples", 10))).containsExactly("a");
        }

        @Test
        void equalScoresAreOrderedById() {
            have(passage("c", "apple"), passage("a", "apple"), passage("b", "apple"));
            assertThat(found(Query.lexical("apple", 10))).containsExactly("a", "b", "c");
            assertThat(found(Query.lexical("apple", 2))).containsExactly("a", "b");
        }

        @Test
        void aTextIsNoSyntax() {
            have(passage("a", "apple title"), passage("b", "pear"));
            assertThat(found(Query.lexical("app*", 10))).isEmpty();
            assertThat(found(Query.lexical("apple AND pear", 10))).containsExactlyInAnyOrder("a", "b");
            assertThat(found(Query.lexical("-apple", 10))).containsExactly("a");
            assertThat(found(Query.lexical("+(\"[{^~?:\\/ && || pear", 10))).containsExactly("b");
        }

        @Test
        void longTextsAreTakenWhole() {
            have(passage("a", "apple"));
            String text =
                    IntStream.range(0, 5_000).mapToObj(i -> "word" + i + " ").collect(Collectors.joining());
            assertThat(found(Query.lexical(text + "apple", 10))).containsExactly("a");
        }

        @Test
        void noWordsFindNothing() {
            have(passage("a", "apple"));
            assertThat(found(Query.lexical("", 10))).isEmpty();
            assertThat(found(Query.lexical("?!", 10))).isEmpty();
        }
    }

    @Nested
    final class ByVectors {
        @Test
        void theCosineDecides() {
            have(passage("a", "", 0, 1), passage("b", "", 5, 5), passage("c", "", 0.1f, 0), passage("d", "", -1, 0));
            assertThat(found(Query.similarity(new float[] {2, 0}, 10))).containsExactly("c", "b", "a", "d");
        }

        @Test
        void equalCosinesAreOrderedById() {
            have(passage("c", "", 1, 0), passage("a", "", 1, 0), passage("b", "", 1, 0), passage("d", "", 0, 1));
            assertThat(found(Query.similarity(new float[] {1, 0}, 2))).containsExactly("a", "b");
        }

        @Test
        void whatHasNoVectorIsNotFoundByOne() {
            have(passage("a", "apple"), passage("b", "", 0, 0), passage("c", "", 0, 1));
            assertThat(found(Query.similarity(new float[] {1, 0}, 10))).containsExactly("c");
        }

        @Test
        void anAllZeroVectorFindsNothing() {
            have(passage("a", "", 0, 1));
            assertThat(found(Query.similarity(new float[2], 10))).isEmpty();
        }

        @Test
        void aVectorOfAnotherLengthIsRefused() {
            have(passage("a", "", 0, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> retriever.search(Query.similarity(new float[3], 10)));
            assertThatIllegalArgumentException().isThrownBy(() -> retriever.search(Query.fused("a", new float[3], 10)));
        }

        @Test
        void everyPassageIsCompared() {
            RandomCases.run(3, random -> {
                try (Retriever fresh = openAs("exact")) {
                    Map<String, float[]> vectors = new HashMap<>();
                    for (int i = 0; i < 200; i++) {
                        vectors.put("p" + i, vector(random, 16));
                    }
                    vectors.forEach((id, vector) -> fresh.index(List.of(passage(id, "", vector))));
                    fresh.refresh();
                    float[] query = vector(random, 16);
                    List<String> expected = vectors.keySet().stream()
                            .sorted(Comparator.comparingDouble((String id) -> -cosine(vectors.get(id), query)))
                            .limit(20)
                            .toList();
                    assertThat(fresh.search(Query.similarity(query, 20)).stream()
                                    .map(Hit::passage))
                            .containsExactlyElementsOf(expected);
                }
            });
        }
    }

    @Nested
    final class ByBoth {
        @Test
        void bothRankingsCount() {
            have(
                    passage("both", "apple", 1, 0),
                    passage("word", "apple pie crust", 0, 1),
                    passage("near", "pear", 1, 0.2f));
            assertThat(found(Query.fused("apple", new float[] {1, 0}, 10)))
                    .startsWith("both")
                    .containsExactlyInAnyOrder("both", "word", "near");
        }

        @Test
        void oneRankingAloneSuffices() {
            have(passage("word", "apple"), passage("near", "pear", 1, 0));
            assertThat(found(Query.fused("", new float[] {1, 0}, 10))).containsExactly("near");
            assertThat(found(Query.fused("apple", new float[2], 10))).containsExactly("word");
        }
    }

    @Nested
    final class ByTime {
        @Test
        void theNewestAreFirst() {
            have(at("a", "x", NOON), at("b", "x", NOON.plusNanos(1)), at("c", "x", NOON.minusSeconds(1)));
            assertThat(found(Query.newest("", 10))).containsExactly("b", "a", "c");
            assertThat(found(Query.newest(" ", 2))).containsExactly("b", "a");
        }

        @Test
        void onlyWhatContainsAWordOfTheText() {
            have(at("a", "apple", NOON), at("b", "pear", NOON.plusSeconds(1)), at("c", "apple", NOON.plusSeconds(2)));
            assertThat(found(Query.newest("apple plum", 10))).containsExactly("c", "a");
            assertThat(found(Query.newest("unheard", 10))).isEmpty();
        }

        @Test
        void equalTimesAreOrderedById() {
            have(at("c", "x", NOON), at("a", "x", NOON), at("b", "x", NOON));
            assertThat(found(Query.newest("", 2))).containsExactly("a", "b");
        }
    }

    @Nested
    final class ByNeighbourhood {
        private final AnchorId anchor = new AnchorId("x");

        @Test
        void whatIsNearTheAnchorsPassagesIsFound() {
            have(of("a", anchor, 1, 0), of("b", null, 1, 0.5f), of("c", null, -1, 0), of("d", null));
            assertThat(found(Query.near(anchor, 10))).containsExactly("a", "b", "c");
        }

        @Test
        void theMeanOfTheAnchorsPassagesDecides() {
            have(of("a", anchor, 1, 0), of("b", anchor, 0, 1), of("c", null, 1, 1), of("d", null, 1, 0.9f));
            assertThat(found(Query.near(anchor, 2))).containsExactly("c", "d");
        }

        @Test
        void anUnknownAnchorHasNoNeighbours() {
            have(of("a", null, 1, 0), of("b", anchor));
            assertThat(found(Query.near(new AnchorId("unknown"), 10))).isEmpty();
            assertThat(found(Query.near(anchor, 10))).isEmpty();
        }
    }

    @Nested
    final class ByProvenance {
        @Test
        void aDocumentsPassagesAreInItsOrder() {
            have(
                    inDocument("a", "one", 20),
                    inDocument("b", "one", 5),
                    inDocument("c", "two", 0),
                    inDocument("d", "one", 5));
            assertThat(found(Query.ofDocument("one", 10))).containsExactly("b", "d", "a");
            assertThat(found(Query.ofDocument("one", 1))).containsExactly("b");
        }

        @Test
        void anUnknownDocumentHasNoPassages() {
            have(inDocument("a", "one", 20));
            assertThat(found(Query.ofDocument("on", 10))).isEmpty();
        }
    }

    @Nested
    final class Hits {
        @Test
        void hitsSayWhereTheyAreFrom() {
            AnchorId anchor = new AnchorId("x");
            have(
                    new Passage("a", "report", "", "apple", 7, 12, NOON, anchor, null),
                    new Passage("b", "report", "", "pear", 13, 17, NOON, null, null));
            Hit hit = retriever.search(Query.lexical("apple", 1)).get(0);
            assertThat(new Hit(hit.passage(), hit.document(), hit.anchor(), hit.start(), hit.end(), 0))
                    .isEqualTo(new Hit("a", "report", anchor, 7, 12, 0));
            assertThat(retriever.search(Query.lexical("pear", 1)).get(0).anchor())
                    .isNull();
        }

        @Test
        void scoresFallInEveryMode() {
            have(varied(new Random(7), 50).toArray(Passage[]::new));
            for (Query query : queries(new Random(8), 50)) {
                assertThat(retriever.search(query).stream().map(Hit::score))
                        .as("%s", query)
                        .isSortedAccordingTo(Comparator.reverseOrder());
            }
        }

        @Test
        void aLimitHoldsInEveryMode() {
            have(varied(new Random(7), 50).toArray(Passage[]::new));
            for (Query query : queries(new Random(8), 3)) {
                assertThat(retriever.search(query)).as("%s", query).hasSize(3);
            }
        }

        @Test
        void anyLimitIsFine() {
            have(varied(new Random(7), 5).toArray(Passage[]::new));
            for (Query query : queries(new Random(8), Integer.MAX_VALUE)) {
                assertThat(retriever.search(query)).as("%s", query).isNotEmpty();
            }
        }

        @Test
        void anEmptyIndexHasNoHits() {
            for (Query query : queries(new Random(8), 10)) {
                assertThat(retriever.search(query)).as("%s", query).isEmpty();
            }
        }
    }

    private static final String[] WORDS = {"apple", "pear", "plum", "cherry", "grape", "lemon"};

    static float[] vector(Random random, int length) {
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(lengthA * lengthB);
    }

    /** Passages {@code p0}, {@code p1}, … that every query of {@link #queries} finds some of. */
    static List<Passage> varied(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Passage(
                        "p" + i,
                        "doc" + i % 3,
                        WORDS[random.nextInt(3)],
                        "apple " + WORDS[random.nextInt(6)] + " " + WORDS[random.nextInt(6)],
                        random.nextInt(10),
                        20,
                        NOON.plusSeconds(random.nextInt(20)),
                        new AnchorId("x" + i % 4),
                        vector(random, 4)))
                .toList();
    }

    static List<Query> queries(Random random, int limit) {
        String text = "apple " + WORDS[random.nextInt(6)] + " " + WORDS[random.nextInt(6)];
        float[] vector = vector(random, 4);
        return List.of(
                Query.lexical(text, limit),
                Query.similarity(vector, limit),
                Query.fused(text, vector, limit),
                Query.newest(text, limit),
                Query.near(new AnchorId("x1"), limit),
                Query.ofDocument("doc1", limit));
    }
}
