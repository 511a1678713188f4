package dev.geotherm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.Corpus;
import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

final class LedgerIngestorTest {
    private static final String ID = "file";

    @TempDir
    Path folder;

    private final FaultyStore store = new FaultyStore();

    /** Splits between lines. */
    private static final DocumentSplitter LINES = document -> {
        List<TextSegment> segments = new ArrayList<>();
        for (String line : document.text().split("\n")) {
            segments.add(
                    TextSegment.from(line, document.metadata().copy().put("index", String.valueOf(segments.size()))));
        }
        return segments;
    };

    private LedgerIngestor open() {
        return open(IngestorOptions.of("words").withSplitter(LINES).withBatchSize(3));
    }

    private LedgerIngestor open(IngestorOptions options) {
        return LedgerIngestor.open(folder.resolve("ledger"), store, store.model(), options);
    }

    private IngestorResult ingest(String source, Document... documents) {
        try (LedgerIngestor ingestor = open()) {
            return ingestor.ingest(source, Arrays.stream(documents), LedgerIngestorTest::id);
        }
    }

    private static String id(Document document) {
        return document.metadata().getString(ID);
    }

    private static Document document(String id, String... lines) {
        return Document.from(String.join("\n", lines), Metadata.from(ID, id));
    }

    @Test
    void ingest_twiceEmbedsNothing() {
        Document[] documents = {document("a", "one", "two"), document("b", "three")};
        assertThat(ingest("docs", documents)).isEqualTo(new IngestorResult(2, 2, 0, 0, 0, 3, 0));
        assertThat(store.texts()).containsExactly("one", "three", "two");
        store.embedded();
        assertThat(ingest("docs", documents)).isEqualTo(new IngestorResult(2, 0, 0, 2, 0, 0, 0));
        assertThat(store.embedded()).isEmpty();
    }

    @Test
    void ingest_replacesOnlyChangedChunks() {
        ingest("docs", document("a", "one", "two", "three"), document("b", "four"));
        Map<String, TextSegment> before = new TreeMap<>(store.segments);
        store.embedded();
        IngestorResult result = ingest("docs", document("a", "zero", "one", "TWO", "three"), document("b", "four"));
        assertThat(result).isEqualTo(new IngestorResult(2, 0, 1, 1, 0, 2, 2));
        assertThat(store.embedded()).containsExactly("zero", "TWO");
        assertThat(store.texts()).containsExactly("TWO", "four", "one", "three", "zero");
        before.values().removeIf(segment -> segment.text().equals("two"));
        assertThat(store.segments).containsAllEntriesOf(before);
    }

    @Test
    void ingest_removesDocumentsThatAreGone() {
        ingest("docs", document("a", "one", "two"), document("b", "three"));
        ingest("other", document("a", "four"));
        assertThat(ingest("docs", document("b", "three")).removed()).isEqualTo(1);
        assertThat(store.texts()).containsExactly("four", "three");
        assertThat(ingest("docs").removed()).isEqualTo(1);
        assertThat(store.texts()).containsExactly("four");
    }

    @Test
    void ingest_keepsRepeatedChunksApart() {
        ingest("docs", document("a", "same", "same", "other"));
        assertThat(store.texts()).containsExactly("other", "same", "same");
        store.embedded();
        ingest("docs", document("a", "same", "other"));
        assertThat(store.texts()).containsExactly("other", "same");
        assertThat(store.embedded()).isEmpty();
    }

    @Test
    void ingest_storesSourceAndDocumentButNoNumber() {
        ingest("docs", document("a", "one"));
        assertThat(store.segments.values())
                .singleElement()
                .extracting(segment -> segment.metadata().toMap())
                .isEqualTo(Map.of("file", "a", "source", "docs", "document", "a"));
        assertThat(store.segments.keySet()).allMatch(id -> id.matches("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"));
    }

    @Test
    void ingest_changedMetadataChangeTheChunks() {
        ingest("docs", Document.from("one", new Metadata().put(ID, "a").put("year", 2025)));
        IngestorResult result =
                ingest("docs", Document.from("one", new Metadata().put(ID, "a").put("year", 2026)));
        assertThat(result.embedded()).isEqualTo(1);
        assertThat(store.segments.values())
                .singleElement()
                .extracting(segment -> segment.metadata().getInteger("year"))
                .isEqualTo(2026);
    }

    @Test
    void ingest_refusesTwoDocumentsOfOneId() {
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> ingest("docs", document("a", "one"), document("a", "two")))
                .withMessageContaining("two documents of source docs have the id a");
        ingest("docs", document("a", "one"));
        assertThat(store.texts()).containsExactly("one");
    }

    @Test
    void ingest_ofACorpusKeepsItsTitles() throws Exception {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(docs.resolve("lava.html"), "<title>Lava</title><p>Lava cools to basalt.");
        Files.writeString(docs.resolve("empty.txt"), "");
        try (LedgerIngestor ingestor = open()) {
            assertThat(ingestor.ingest(Corpus.open(docs.toString())).embedded()).isEqualTo(1);
            assertThat(store.segments.values())
                    .singleElement()
                    .extracting(segment -> segment.metadata().toMap())
                    .isEqualTo(Map.of("title", "Lava", "source", "docs", "document", "lava.html"));
            assertThat(ingestor.ingest(Corpus.open(docs.toString())).unchanged())
                    .isEqualTo(1);
            assertThat(ingestor.forget("docs")).isEqualTo(1);
            assertThat(store.segments).isEmpty();
        }
    }

    /** The process ends at every moment of two ingestions, one after the other: before and after each call of store and model. */
    @Test
    void ingest_afterAnEndAtAnyMomentGoesOn() throws Exception {
        Document[] first = {
            document("a", "a1", "a2", "a3", "a4", "a5"),
            document("b", "b1"),
            document("c", "c1", "c2"),
            document("d", "d1")
        };
        Document[] second = {document("a", "a0", "a1", "A2", "a3", "a4", "A5"), document("c", "C1"), document("d", "d1")
        };
        List<String> expected = List.of("A2", "A5", "C1", "a0", "a1", "a3", "a4", "d1");
        int ends = 0;
        boolean ended = true;
        for (int moment = 0; ended; moment++) {
            FaultyStore faulty = new FaultyStore();
            Path ledger = folder.resolve("ledger" + moment);
            ended = false;
            faulty.stopAt(moment);
            for (Document[] documents : List.of(first, second)) {
                ended |= ingestUntilDone(ledger, faulty, documents);
            }
            assertThat(faulty.texts()).as("end at moment %d", moment).isEqualTo(expected);
            ends += ended ? 1 : 0;
        }
        assertThat(ends).as("moments").isGreaterThan(20);
    }

    /** Ingests, and once again if it was stopped. What the store had acknowledged by then must not be embedded again. */
    private static boolean ingestUntilDone(Path ledger, FaultyStore store, Document... documents) {
        IngestorOptions options =
                IngestorOptions.of("words").withSplitter(LINES).withBatchSize(3);
        store.acknowledged.clear();
        try (LedgerIngestor ingestor = LedgerIngestor.open(ledger, store, store.model(), options)) {
            ingestor.ingest("docs", Arrays.stream(documents), LedgerIngestorTest::id);
            return false;
        } catch (FaultyStore.Stopped stopped) {
            store.embedded();
        }
        store.stopAt(Integer.MAX_VALUE);
        List<String> acknowledged = List.copyOf(store.acknowledged);
        try (LedgerIngestor ingestor = LedgerIngestor.open(ledger, store, store.model(), options)) {
            ingestor.ingest("docs", Arrays.stream(documents), LedgerIngestorTest::id);
        }
        assertThat(store.embedded()).noneMatch(acknowledged::contains);
        return true;
    }

    @Test
    void ingest_afterAFailureGoesOnInTheSameIngestor() {
        try (LedgerIngestor ingestor = open()) {
            Document[] documents = {document("a", "one", "two", "three", "four")};
            store.stopAt(3); // after the store has taken the first batch, before it returns
            assertThatExceptionOfType(FaultyStore.Stopped.class)
                    .isThrownBy(() -> ingestor.ingest("docs", Arrays.stream(documents), LedgerIngestorTest::id));
            store.stopAt(Integer.MAX_VALUE);
            ingestor.ingest("docs", Arrays.stream(documents), LedgerIngestorTest::id);
            assertThat(store.texts()).containsExactly("four", "one", "three", "two");
        }
    }

    @Test
    void open_whileAnotherUsesTheLedgerIsRefused() {
        try (LedgerIngestor ingestor = open()) {
            assertThat(ingestor).isNotNull();
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining("is in use");
        }
    }

    @Test
    void open_withOtherSettingsIsRefusedUnlessItRebuilds() {
        ingest("docs", document("a", "one"));
        IngestorOptions other = IngestorOptions.of("sentences").withSplitter(LINES);
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> open(other))
                .withMessageContaining("belongs to the settings 'words', and not to 'sentences'");
        assertThat(store.texts()).containsExactly("one");
        try (LedgerIngestor ingestor = open(other.rebuilding())) {
            assertThat(store.segments).isEmpty();
            assertThat(ingestor.ingest("docs", List.of(document("a", "one")).stream(), LedgerIngestorTest::id)
                            .added())
                    .isEqualTo(1);
        }
        open(other).close();
    }

    @Test
    void ingest_intoAStoreThatChoosesIdsIsRefused() {
        @SuppressWarnings("unchecked")
        EmbeddingStore<TextSegment> choosing = Mockito.mock(EmbeddingStore.class, Mockito.CALLS_REAL_METHODS);
        try (LedgerIngestor ingestor =
                LedgerIngestor.open(folder.resolve("ledger"), choosing, store.model(), IngestorOptions.of("words"))) {
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(() ->
                            ingestor.ingest("docs", List.of(document("a", "one")).stream(), LedgerIngestorTest::id))
                    .withMessageContaining("chooses ids itself");
        }
    }

    @Test
    void ingest_withAModelThatLosesTextsIsRefused() {
        EmbeddingModel losing = new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                return Response.from(List.of(Embedding.from(new float[] {1})));
            }
        };
        try (LedgerIngestor ingestor =
                LedgerIngestor.open(folder.resolve("ledger"), store, losing, IngestorOptions.of("words"))) {
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(() -> ingestor.ingest(
                            "docs",
                            List.of(document("a", "one"), document("b", "two")).stream(),
                            LedgerIngestorTest::id))
                    .withMessageContaining("returned 1 embeddings for 2 segments");
            assertThat(store.segments).isEmpty();
        }
    }
}
