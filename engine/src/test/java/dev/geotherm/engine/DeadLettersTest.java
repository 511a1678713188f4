package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.profiles.runtime.Platform;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Chunks that could not be ingested are kept until they are ingested or forgotten. */
@Timeout(120)
class DeadLettersTest {
    private static final ListCorpus CORPUS = ListCorpus.of(
                    new Document("a", "", "Steam rises from the vent of the old volcano in the valley.", "feed"),
                    new Document("b", "Poison", "Poison seeps out of the ground and fills the whole valley.", "feed"),
                    new Document("c", "", "Lava flows down the slope and cools to basalt.", "feed"))
            .named("feed");

    @TempDir
    Path scratch;

    private volatile boolean broken = true;
    private Platform platform;
    private KnowledgeFolder folder;
    private StoreGenerations generations;
    private DeadLetterFile deadLetters;
    private ChunkProcessor processor;
    private Ingestion ingestion;

    @BeforeEach
    void start() throws Exception {
        platform = TestPlatform.start(scratch.resolve("work"), "streaming.maxRetries=0");
        folder = KnowledgeFolder.open(scratch.resolve("knowledge"));
        generations =
                new StoreGenerations(platform, folder, EngineSettings.defaults().splitter(platform.embedder()), true);
        processor = new ChunkProcessor(platform.pools(), embedder());
        open();
    }

    private void open() throws Exception {
        deadLetters = new DeadLetterFile(folder, generations);
        ingestion = new Ingestion(
                platform.pipelines(),
                platform.anchors(),
                platform.embedder(),
                processor,
                deadLetters,
                EngineSettings.defaults(),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() throws Exception {
        deadLetters.close();
        processor.close();
        generations.close();
        folder.close();
        platform.close();
    }

    /** An embedder that fails for texts with poison, while it is broken. */
    private Embedder embedder() {
        return (Embedder) Proxy.newProxyInstance(
                Embedder.class.getClassLoader(), new Class<?>[] {Embedder.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("embed")
                            && broken
                            && String.valueOf(arguments[0]).contains("Poison")) {
                        throw new IllegalStateException("no embedding");
                    }
                    return method.invoke(platform.embedder(), arguments);
                });
    }

    private IngestionResult ingest(ListCorpus corpus) throws InterruptedException {
        return ingestion.run(
                generations.current(), corpus, IngestOptions.of(corpus), Progress.none(), Cancellation.never());
    }

    private ReplayResult replay() throws InterruptedException {
        return ingestion.replay(generations.current(), Progress.none(), Cancellation.never());
    }

    @Test
    void list_hasChunksWithTheirErrors() throws Exception {
        assertThat(ingest(CORPUS).deadLetters()).isEqualTo(1);
        assertThat(deadLetters.list()).singleElement().satisfies(letter -> {
            assertThat(letter.chunk().source()).isEqualTo("feed");
            assertThat(letter.chunk().document()).isEqualTo("b");
            assertThat(letter.chunk().number()).isZero();
            assertThat(letter.chunk().title()).isEqualTo("Poison");
            assertThat(letter.chunk().text()).startsWith("Poison seeps");
            assertThat(letter.chunk().attempts()).isPositive();
            assertThat(letter.chunk().error()).contains("no embedding");
        });
    }

    @Test
    void list_outlivesTheProcessAndAnIncompleteLine() throws Exception {
        ingest(CORPUS);
        List<DeadLetterLine> before = deadLetters.list();
        deadLetters.close();
        Files.writeString(folder.file(KnowledgeFolder.DEAD_LETTERS), "{\"id\":\"cut", StandardOpenOption.APPEND);
        open();
        assertThat(deadLetters.list()).isEqualTo(before);
        ingest(CORPUS); // fails again, and its line follows the last whole one
        assertThat(deadLetters.list()).hasSize(1);
        assertThat(deadLetters.list().get(0).chunk().at())
                .isAfter(before.get(0).chunk().at());
    }

    @Test
    void replay_completesTheDocument() throws Exception {
        ingest(CORPUS);
        assertThat(replay()).isEqualTo(new ReplayResult(0, 1, 0));
        assertThat(deadLetters.list()).hasSize(1);
        broken = false;
        assertThat(replay()).isEqualTo(new ReplayResult(1, 0, 0));
        assertThat(deadLetters.list()).isEmpty();
        assertThat(folder.file(KnowledgeFolder.DEAD_LETTERS)).doesNotExist();
        IngestionResult again = ingest(CORPUS);
        assertThat(again.unchanged()).isEqualTo(3);
        assertThat(generations.current().index().size()).isEqualTo(3);
    }

    @Test
    void ingest_ofAnotherSourceKeepsThemAndOfTheSameRemovesThem() throws Exception {
        ingest(CORPUS);
        ingest(ListCorpus.random(5, 0, 1));
        assertThat(deadLetters.list()).hasSize(1);
        broken = false;
        assertThat(ingest(CORPUS).changed()).isEqualTo(1);
        assertThat(deadLetters.list()).isEmpty();
    }

    @Test
    void replay_ofADocumentThatIsGoneRemovesItsLetter() throws Exception {
        ingest(CORPUS);
        generations
                .current()
                .remove(generations.current().ledger().find("feed", "b").stream()
                        .toList());
        assertThat(replay()).isEqualTo(new ReplayResult(0, 0, 1));
        assertThat(deadLetters.list()).isEmpty();
    }

    @Test
    void forget_removesThem() throws Exception {
        ingest(CORPUS);
        new Forgetting(generations.current(), folder, deadLetters, "feed", "a").run(Progress.none());
        assertThat(deadLetters.list()).hasSize(1);
        new Forgetting(generations.current(), folder, deadLetters, "feed", "b").run(Progress.none());
        assertThat(deadLetters.list()).isEmpty();
        assertThat(folder.file(KnowledgeFolder.DEAD_LETTERS)).doesNotExist();
    }
}
