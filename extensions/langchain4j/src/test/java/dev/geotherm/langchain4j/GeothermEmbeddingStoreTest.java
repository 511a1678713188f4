package dev.geotherm.langchain4j;

import static dev.langchain4j.store.embedding.filter.MetadataFilterBuilder.metadataKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.filter.Filter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What LangChain4j's own tests do not check. */
final class GeothermEmbeddingStoreTest {
    private static final Embedding EAST = Embedding.from(new float[] {1, 0});
    private static final Embedding NORTH = Embedding.from(new float[] {0, 1});
    private static final Embedding WEST = Embedding.from(new float[] {-1, 0});

    @TempDir
    Path folder;

    private final TestIndexes indexes = new TestIndexes();

    @AfterEach
    void close() {
        indexes.close();
    }

    private PassageIndex index() {
        return indexes.indexes.open("store", folder.resolve("index"));
    }

    private static List<EmbeddingMatch<TextSegment>> search(
            GeothermEmbeddingStore store, Embedding query, int limit, Filter filter) {
        return store.search(EmbeddingSearchRequest.builder()
                        .queryEmbedding(query)
                        .maxResults(limit)
                        .filter(filter)
                        .build())
                .matches();
    }

    private static TextSegment segment(String text, String key, String value) {
        return TextSegment.from(text, Metadata.from(key, value));
    }

    @Test
    void add_isOnDiskWhenItReturns() {
        try (PassageIndex index = index()) {
            new GeothermEmbeddingStore(index).add(EAST, segment("a wall", "source", "walls"));
        }
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            assertThat(search(store, EAST, 1, null)).singleElement().satisfies(match -> {
                assertThat(match.embedded()).isEqualTo(segment("a wall", "source", "walls"));
                assertThat(match.embedding()).isEqualTo(EAST);
            });
            store.removeAll();
        }
        try (PassageIndex index = index()) {
            assertThat(search(new GeothermEmbeddingStore(index), EAST, 1, null)).isEmpty();
        }
    }

    @Test
    void open_refusesPassagesOfOthers() {
        try (PassageIndex index = index()) {
            index.index(List.of(new Passage("p", "d", "", "t", 0, 1, Instant.EPOCH, null, new float[] {1, 0})));
            index.refresh();
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(() -> new GeothermEmbeddingStore(index))
                    .withMessageContaining("use a separate index");
            index.remove(List.of("p"));
            index.commit("{}");
            index.refresh();
            assertThatExceptionOfType(GeothermException.class).isThrownBy(() -> new GeothermEmbeddingStore(index));
        }
    }

    @Test
    void search_scoresAreRelevances() {
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            store.addAll(List.of("east", "north", "west"), List.of(EAST, NORTH, WEST), null);
            List<EmbeddingMatch<TextSegment>> matches = search(store, EAST, 9, null);
            assertThat(matches).extracting(EmbeddingMatch::embeddingId).containsExactly("east", "north", "west");
            assertThat(matches.get(0).score()).isCloseTo(1, within(1e-6));
            assertThat(matches.get(1).score()).isCloseTo(0.5, within(1e-6));
            assertThat(matches.get(2).score()).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void searchAsync_isCompleteWhenItReturns() {
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            store.add("id", EAST);
            EmbeddingSearchRequest request =
                    EmbeddingSearchRequest.builder().queryEmbedding(EAST).build();
            assertThat(store.searchAsync(request).getNow(null).matches()).hasSize(1);
            EmbeddingSearchRequest longer = EmbeddingSearchRequest.builder()
                    .queryEmbedding(Embedding.from(new float[] {1, 0, 0}))
                    .build();
            assertThat(store.searchAsync(longer)).isCompletedExceptionally();
        }
    }

    @Test
    void search_findsWhatAFilterRarelyAccepts() {
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            List<Embedding> embeddings = new ArrayList<>();
            List<TextSegment> segments = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                embeddings.add(EAST);
                segments.add(segment("wall " + i, "tenant", "many"));
            }
            embeddings.add(WEST);
            segments.add(TextSegment.from(
                    "door", new Metadata().put("tenant", "rare").put("size", 3)));
            store.addAll(embeddings, segments);
            assertThat(search(store, EAST, 2, metadataKey("tenant").isEqualTo("rare")))
                    .extracting(match -> match.embedded().text())
                    .containsExactly("door");
            assertThat(search(store, EAST, 2, metadataKey("size").isGreaterThan(2)))
                    .hasSize(1);
            assertThat(search(store, EAST, 2, metadataKey("tenant").isEqualTo("none")))
                    .isEmpty();
        }
    }

    @Test
    void search_filtersSourcesAndDocumentsInTheIndex() {
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            for (String source : List.of("a", "b")) {
                for (String document : List.of("1", "2")) {
                    store.add(
                            EAST,
                            TextSegment.from(
                                    source + document,
                                    new Metadata().put("source", source).put("document", document)));
                }
            }
            Filter both = metadataKey("source")
                    .isIn("a", "c")
                    .and(metadataKey("document").isEqualTo("2"));
            assertThat(FilterConditions.of(both).sources()).containsExactlyInAnyOrder("a", "c");
            assertThat(FilterConditions.of(both).documents()).containsExactly("2");
            assertThat(search(store, EAST, 9, both))
                    .extracting(match -> match.embedded().text())
                    .containsExactly("a2");
            Filter either = metadataKey("source")
                    .isEqualTo("a")
                    .or(metadataKey("document").isEqualTo("2"));
            assertThat(FilterConditions.of(either).isNone()).isTrue();
            assertThat(search(store, EAST, 9, either)).hasSize(3);
            assertThat(search(store, EAST, 9, metadataKey("source").isNotEqualTo("a")))
                    .hasSize(2);
            Filter none = metadataKey("source")
                    .isEqualTo("a")
                    .and(metadataKey("source").isEqualTo("b"));
            assertThat(FilterConditions.of(none)).isNull();
            assertThat(search(store, EAST, 9, none)).isEmpty();
        }
    }

    @Test
    void search_filtersLongSourcesByTheMetadata() {
        String longest = "s".repeat(50_000);
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            store.add(EAST, segment("wall", "source", longest));
            store.add(EAST, segment("door", "source", "short"));
            assertThat(search(store, EAST, 9, metadataKey("source").isEqualTo(longest)))
                    .extracting(match -> match.embedded().text())
                    .containsExactly("wall");
        }
    }

    @Test
    void search_withAFilterIgnoresEmbeddingsWithoutASegment() {
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            store.add(EAST);
            assertThat(search(store, EAST, 9, metadataKey("key").isNotEqualTo("value")))
                    .isEmpty();
            store.removeAll(metadataKey("key").isNotEqualTo("value"));
            assertThat(search(store, EAST, 9, null)).hasSize(1);
        }
    }

    @Test
    void addAll_replacesEmbeddingsOfTheSameIds() {
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            store.addAll(List.of("id"), List.of(EAST), List.of(TextSegment.from("first")));
            store.addAll(List.of("id"), List.of(NORTH), List.of(TextSegment.from("second")));
            assertThat(search(store, NORTH, 9, null)).singleElement().satisfies(match -> {
                assertThat(match.embedded().text()).isEqualTo("second");
                assertThat(match.score()).isCloseTo(1, within(1e-6));
            });
        }
    }

    @Test
    void addAll_refusesAllIfOneIsNotValid() {
        try (PassageIndex index = index()) {
            GeothermEmbeddingStore store = new GeothermEmbeddingStore(index);
            List<Embedding> lengths = List.of(EAST, Embedding.from(new float[] {1, 0, 0}));
            assertThatIllegalArgumentException().isThrownBy(() -> store.addAll(lengths));
            List<Embedding> numbers = List.of(EAST, Embedding.from(new float[] {Float.NaN, 0}));
            assertThatIllegalArgumentException().isThrownBy(() -> store.addAll(numbers));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.addAll(List.of("1", "2"), List.of(EAST), null))
                    .withMessage("ids size (2) is not equal to embeddings size (1)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.addAll(List.of("1"), List.of(EAST), List.of()))
                    .withMessage("embeddings size (1) is not equal to embedded size (0)");
            assertThatIllegalArgumentException().isThrownBy(() -> store.add(" ", EAST));
            store.addAll(null, null, null);
            assertThat(search(store, EAST, 9, null)).isEmpty();
        }
    }
}
