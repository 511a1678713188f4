package dev.geotherm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.engine.Cancellation;
import dev.geotherm.engine.Knowledge;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.SearchHit;
import dev.geotherm.engine.corpus.Corpus;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnowledgeEmbeddingStoreTest {
    private static final WordModel MODEL = new WordModel();

    @TempDir
    private Path folder;

    private static void add(KnowledgeEmbeddingStore store, String id, String text, Metadata metadata) {
        store.addAll(List.of(id), List.of(MODEL.embed(text).content()), List.of(TextSegment.from(text, metadata)));
    }

    private static List<EmbeddingMatch<TextSegment>> search(KnowledgeEmbeddingStore store, String text) {
        return store.search(EmbeddingSearchRequest.builder()
                        .queryEmbedding(MODEL.embed(text).content())
                        .maxResults(10)
                        .build())
                .matches();
    }

    private static List<String> problems(Knowledge knowledge) throws InterruptedException {
        return knowledge.verify(Progress.none(), Cancellation.never()).problems();
    }

    @Test
    void add_lastsWithMetadataAndTypes() throws Exception {
        Metadata metadata = new Metadata()
                .put("text", "steam")
                .put("number", 7)
                .put("size", 1.5)
                .put("key", new UUID(1, 2))
                .put("long", Long.MAX_VALUE)
                .put("float", 0.25f);
        try (TestKnowledge opened = new TestKnowledge(folder)) {
            add(KnowledgeEmbeddingStore.of(opened.knowledge, "chat"), "one", "Steam rises.", metadata);
        }
        try (TestKnowledge opened = new TestKnowledge(folder)) {
            KnowledgeEmbeddingStore store = KnowledgeEmbeddingStore.of(opened.knowledge, "chat");
            assertThat(search(store, "steam")).singleElement().satisfies(match -> {
                assertThat(match.embeddingId()).isEqualTo("one");
                assertThat(match.embedded()).isEqualTo(TextSegment.from("Steam rises.", metadata));
            });
            opened.knowledge.compact();
            assertThat(search(store, "steam").get(0).embedded().metadata()).isEqualTo(metadata);
            assertThat(problems(opened.knowledge)).isEmpty();
        }
    }

    @Test
    void search_seesOnlyItsSource() throws Exception {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(docs.resolve("vent.txt"), "Steam rises from the vent.");
        try (TestKnowledge opened = new TestKnowledge(folder)) {
            opened.knowledge.ingest(Corpus.open(docs.toString()), Progress.none(), Cancellation.never());
            KnowledgeEmbeddingStore chat = KnowledgeEmbeddingStore.of(opened.knowledge, "chat");
            KnowledgeEmbeddingStore other = KnowledgeEmbeddingStore.of(opened.knowledge, "other");
            add(chat, "one", "Steam is hot.", new Metadata());
            add(other, "one", "Steam is wet.", new Metadata());
            assertThat(search(chat, "steam")).hasSize(1);
            assertThat(opened.knowledge.search("steam", RetrievalMode.LEXICAL, 10))
                    .extracting(SearchHit::source)
                    .containsExactlyInAnyOrder("docs", "chat", "other");
            chat.removeAll();
            assertThat(search(chat, "steam")).isEmpty();
            assertThat(search(other, "steam")).hasSize(1);
            assertThat(opened.knowledge.search("steam", RetrievalMode.LEXICAL, 10))
                    .hasSize(2);
            assertThat(problems(opened.knowledge)).isEmpty();
        }
    }

    @Test
    void add_replacesTheSameId() throws Exception {
        try (TestKnowledge opened = new TestKnowledge(folder)) {
            KnowledgeEmbeddingStore store = KnowledgeEmbeddingStore.of(opened.knowledge, "chat");
            add(store, "one", "Steam rises.", Metadata.from("round", "1"));
            add(store, "one", "Lava flows.", Metadata.from("round", "2"));
            assertThat(search(store, "lava")).singleElement().satisfies(match -> {
                assertThat(match.embedded().text()).isEqualTo("Lava flows.");
                assertThat(match.embedded().metadata().getString("round")).isEqualTo("2");
            });
            store.addAll(
                    List.of("two", "two"),
                    List.of(
                            MODEL.embed("first").content(),
                            MODEL.embed("second").content()),
                    List.of(TextSegment.from("first"), TextSegment.from("second")));
            assertThat(search(store, "second").get(0).embedded().text()).isEqualTo("second");
            assertThat(search(store, "first"))
                    .noneMatch(match -> match.embedded().text().equals("first"));
            assertThat(problems(opened.knowledge)).isEmpty();
        }
    }

    @Test
    void add_replacesPersonalData() {
        try (TestKnowledge opened = new TestKnowledge(folder)) {
            KnowledgeEmbeddingStore store = KnowledgeEmbeddingStore.of(opened.knowledge, "chat");
            add(store, "one", "Ask jane@example.com about steam.", Metadata.from("author", "jane@example.com"));
            TextSegment found = search(store, "steam").get(0).embedded();
            assertThat(found.text())
                    .startsWith("Ask ")
                    .endsWith(" about steam.")
                    .doesNotContain("jane");
            assertThat(found.metadata().getString("author")).doesNotContain("jane");
        }
    }

    @Test
    void add_otherLengthIsRefused() {
        try (TestKnowledge opened = new TestKnowledge(folder)) {
            KnowledgeEmbeddingStore store = KnowledgeEmbeddingStore.of(opened.knowledge, "chat");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.add(Embedding.from(new float[] {1, 2})))
                    .withMessageContaining("has 2 numbers");
            float[] endless = MODEL.embed("steam").content().vector().clone();
            endless[3] = Float.NaN;
            assertThatIllegalArgumentException().isThrownBy(() -> store.add(Embedding.from(endless)));
        }
    }

    @Test
    void export_carriesMetadata() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TestKnowledge opened = new TestKnowledge(folder.resolve("from"))) {
            add(
                    KnowledgeEmbeddingStore.of(opened.knowledge, "chat"),
                    "one",
                    "Steam rises.",
                    new Metadata().put("number", 7));
            opened.knowledge.exportTo(out, Progress.none(), Cancellation.never());
        }
        try (TestKnowledge opened = new TestKnowledge(folder.resolve("to"))) {
            opened.knowledge.importFrom(
                    new ByteArrayInputStream(out.toByteArray()), "export", Progress.none(), Cancellation.never());
            assertThat(search(KnowledgeEmbeddingStore.of(opened.knowledge, "chat"), "steam"))
                    .singleElement()
                    .satisfies(match -> assertThat(match.embedded().metadata().getInteger("number"))
                            .isEqualTo(7));
            assertThat(opened.knowledge.forget("chat", Progress.none()).documents())
                    .isEqualTo(1);
        }
    }

    @Test
    void retriever_ofLangChain4jFindsSegments() {
        try (TestKnowledge opened = new TestKnowledge(folder)) {
            KnowledgeEmbeddingStore store = KnowledgeEmbeddingStore.of(opened.knowledge, "chat");
            add(store, "one", "Steam rises.", new Metadata());
            List<Content> contents = EmbeddingStoreContentRetriever.builder()
                    .embeddingStore(store)
                    .embeddingModel(MODEL)
                    .maxResults(1)
                    .build()
                    .retrieve(Query.from("steam"));
            assertThat(contents)
                    .extracting(content -> content.textSegment().text())
                    .containsExactly("Steam rises.");
            assertThat(KnowledgeContentRetriever.of(opened.knowledge).retrieve(Query.from("steam")))
                    .extracting(content -> content.textSegment().metadata().getString("document"))
                    .containsExactly("one");
        }
    }
}
