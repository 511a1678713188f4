package dev.geotherm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.engine.Cancellation;
import dev.geotherm.engine.Knowledge;
import dev.geotherm.engine.Progress;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.profiles.runtime.Geotherm;
import dev.geotherm.profiles.runtime.Platform;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.query.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KnowledgeContentRetrieverTest {
    private Platform platform;
    private Knowledge knowledge;

    @BeforeAll
    void ingest(@TempDir Path folder) throws Exception {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(docs.resolve("lava.html"), "<title>Lava</title><p>Lava cools to basalt.");
        Files.writeString(docs.resolve("vent.txt"), "Steam rises from the vent.");
        Files.writeString(docs.resolve("empty.txt"), "");
        platform = Geotherm.start("balanced");
        knowledge = Knowledge.open(platform, folder.resolve("knowledge"));
        knowledge.ingest(Corpus.open(docs.toString()), Progress.none(), Cancellation.never());
    }

    @AfterAll
    void close() {
        knowledge.close();
        platform.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEXICAL", "SIMILARITY", "FUSED", "TIME"})
    void retrieve_findsThePassage(RetrievalMode mode) {
        List<Content> contents = KnowledgeContentRetriever.of(knowledge)
                .withMode(mode)
                .withMaxResults(1)
                .retrieve(Query.from("cools to basalt"));
        assertThat(contents).singleElement().satisfies(content -> {
            assertThat(content.textSegment().text()).contains("Lava cools to basalt.");
            assertThat(content.textSegment().metadata().toMap())
                    .containsEntry("source", "docs")
                    .containsEntry("document", "lava.html")
                    .containsEntry("title", "Lava")
                    .containsKeys("start", "end");
            assertThat(content.metadata()).containsKeys(ContentMetadata.SCORE, ContentMetadata.EMBEDDING_ID);
        });
    }

    @Test
    void retrieve_withoutAModeSearchesAsTheKnowledgeDoes() {
        assertThat(KnowledgeContentRetriever.of(knowledge).retrieve(Query.from("basalt")))
                .extracting(content -> content.metadata().get(ContentMetadata.SCORE))
                .containsExactlyElementsOf(knowledge.search("basalt", 5).stream()
                        .map(hit -> (Object) hit.score())
                        .toList());
    }

    @Test
    void retrieve_inModeSimilarityHasRelevances() {
        KnowledgeContentRetriever retriever = KnowledgeContentRetriever.of(knowledge)
                .withMode(RetrievalMode.SIMILARITY)
                .withMaxResults(9);
        List<Content> all = retriever.retrieve(Query.from("Lava cools to basalt."));
        assertThat(all)
                .hasSize(2)
                .allSatisfy(content -> assertThat(score(content)).isBetween(0.0, 1.0));
        double least = (score(all.get(0)) + score(all.get(1))) / 2;
        assertThat(retriever.withMinScore(least).retrieve(Query.from("Lava cools to basalt.")))
                .containsExactly(all.get(0));
    }

    private static double score(Content content) {
        return (double) content.metadata().get(ContentMetadata.SCORE);
    }

    @Test
    void settings_areChecked() {
        KnowledgeContentRetriever retriever = KnowledgeContentRetriever.of(knowledge);
        assertThatIllegalArgumentException().isThrownBy(() -> retriever.withMode(RetrievalMode.PROVENANCE));
        assertThatIllegalArgumentException().isThrownBy(() -> retriever.withMaxResults(0));
        assertThatIllegalArgumentException().isThrownBy(() -> retriever.withMinScore(1.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> retriever.withMinScore(0.5))
                .withMessageContaining("the mode is that of the knowledge");
    }
}
