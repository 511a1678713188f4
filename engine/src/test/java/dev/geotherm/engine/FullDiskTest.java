package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.testkit.SmallDisk;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a while: every failure is reported, and nothing is lost once there is space. */
@Timeout(120)
class FullDiskTest {
    private static final String FULL = "No space left on device";

    @TempDir
    Path scratch;

    private SmallDisk disk;
    private Path folder;
    private Platform platform;
    private KnowledgeStore store;

    @BeforeEach
    void start() throws Exception {
        disk = SmallDisk.mount(scratch.resolve("disk"), 2_000);
        folder = disk.folder().resolve("knowledge");
        platform = TestPlatform.start(scratch.resolve("work"));
    }

    @AfterEach
    void stop() throws Exception {
        if (platform != null) {
            platform.close();
            disk.close();
        }
    }

    @Test
    void ingest_onAFullDiskFailsAndTheNextOneGoesOnFromTheLastCommit() throws Exception {
        Knowledge knowledge = Knowledge.open(platform, folder);
        ingest(knowledge, ListCorpus.random(50, 0, 1));
        Path ballast = disk.fill("ballast");
        assertThatThrownBy(() -> ingest(knowledge, ListCorpus.random(1_000, 0, 2)))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining(FULL);

        Files.delete(ballast);
        assertThat(knowledge.search("anchor", RetrievalMode.FUSED, 100))
                .as("the last commit")
                .hasSize(50);
        ingest(knowledge, ListCorpus.random(20, 0, 3));
        assertThat(knowledge.save(Progress.none()).revisions()).isPositive();
        assertThat(knowledge.verify(Progress.none(), Cancellation.never()).problems())
                .isEmpty();
        assertThat(knowledge.search("anchor", RetrievalMode.FUSED, 100)).hasSizeLessThanOrEqualTo(20);
        knowledge.close();
    }

    @Test
    void close_afterAFullDiskLeavesTheLastCommit() throws Exception {
        Knowledge knowledge = Knowledge.open(platform, folder);
        ingest(knowledge, ListCorpus.random(50, 0, 1));
        disk.fill("ballast");
        assertThatThrownBy(() -> ingest(knowledge, ListCorpus.random(1_000, 0, 2)))
                .hasMessageContaining(FULL);
        knowledge.close();
        Files.delete(disk.folder().resolve("ballast"));
        try (Knowledge reopened = Knowledge.open(platform, folder)) {
            assertThat(reopened.search("anchor", RetrievalMode.FUSED, 100)).hasSize(50);
            assertThat(reopened.verify(Progress.none(), Cancellation.never()).problems())
                    .isEmpty();
        }
    }

    @Test
    void deadLetters_onAFullDiskFailTheIngestionAndAreWrittenLater() throws Exception {
        platform.close();
        platform = TestPlatform.start(scratch.resolve("work"), "streaming.maxRetries=0");
        Path letters = disk.folder().resolve("letters");
        DeadLetterFile deadLetters = new DeadLetterFile(letters, false);
        try (deadLetters;
                KnowledgeFolder opened = KnowledgeFolder.open(scratch.resolve("knowledge"));
                StoreGenerations generations = new StoreGenerations(
                        platform, opened, EngineSettings.defaults().splitter(platform.embedder()), true);
                ChunkProcessor processor = new ChunkProcessor(platform.pools(), failingEmbedder())) {
            Ingestion ingestion = new Ingestion(
                    platform.pipelines(),
                    platform.anchors(),
                    platform.embedder(),
                    processor,
                    deadLetters,
                    EngineSettings.defaults(),
                    Clock.systemUTC());
            store = generations.current();
            assertThat(run(ingestion, ListCorpus.random(150, 0, 1)).deadLetters())
                    .isEqualTo(150);
            Path ballast = disk.fill("ballast");
            assertThatThrownBy(() -> run(ingestion, ListCorpus.random(150, 0, 2)))
                    .isInstanceOf(GeothermException.class)
                    .hasMessageContainingAll("cannot write the dead letters", FULL);
            assertThatThrownBy(() -> run(ingestion, ListCorpus.random(150, 0, 3)))
                    .as("nothing is ingested while they cannot be written")
                    .hasMessageContainingAll("cannot write the dead letters", FULL);
            Files.delete(ballast);
            assertThat(run(ingestion, ListCorpus.random(10, 0, 4)).deadLetters())
                    .isEqualTo(10);
            deadLetters.save();
            assertThat(Files.readAllLines(letters))
                    .hasSize((int) deadLetters.count())
                    .hasSizeGreaterThan(160)
                    .allSatisfy(line -> assertThat(
                                    Json.MAPPER.readTree(line).path("error").asText())
                            .contains("no embedding"));
        }
    }

    private Embedder failingEmbedder() {
        return (Embedder) Proxy.newProxyInstance(
                Embedder.class.getClassLoader(), new Class<?>[] {Embedder.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("embed")) {
                        throw new IllegalStateException("no embedding");
                    }
                    return method.invoke(platform.embedder(), arguments);
                });
    }

    private IngestionResult run(Ingestion ingestion, ListCorpus corpus) throws InterruptedException {
        return ingestion.run(store, corpus, IngestOptions.of(corpus), Progress.none(), Cancellation.never());
    }

    private static void ingest(Knowledge knowledge, ListCorpus corpus) throws InterruptedException {
        knowledge.ingest(corpus, Progress.none(), Cancellation.never());
    }
}
