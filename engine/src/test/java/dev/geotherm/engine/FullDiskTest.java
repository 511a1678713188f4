package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.testkit.SmallDisk;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
    void ingest_onAFullDiskFailsAndTheDeltasStillLeadToTheState() throws Exception {
        Knowledge knowledge = Knowledge.open(platform, folder);
        ingest(knowledge, ListCorpus.random(50, 0, 1));
        Path ballast = disk.fill("ballast");
        assertThatThrownBy(() -> ingest(knowledge, ListCorpus.random(400, 0, 2)))
                .isInstanceOf(GeothermException.class)
                .hasMessageContainingAll("cannot write the deltas", FULL);
        assertThatThrownBy(() -> knowledge.save(Progress.none())).hasMessageContaining(FULL);
        assertThatThrownBy(() -> ingest(knowledge, ListCorpus.random(400, 0, 2)))
                .as("nothing is committed while it cannot be written")
                .hasMessageContaining(FULL);

        Files.delete(ballast);
        ingest(knowledge, ListCorpus.random(20, 0, 3));
        assertThat(knowledge.save(Progress.none()).revisions())
                .isEqualTo(knowledge.deltas().revisions());
        knowledge.close();
        assertPublishedDeltasLeadToTheState(knowledge);
    }

    @Test
    void ingest_onAFullDiskIsMadeGoodByCloseAlone() throws Exception {
        Knowledge knowledge = Knowledge.open(platform, folder);
        ingest(knowledge, ListCorpus.random(50, 0, 1));
        Path ballast = disk.fill("ballast");
        assertThatThrownBy(() -> ingest(knowledge, ListCorpus.random(400, 0, 2)))
                .hasMessageContaining(FULL);
        Files.delete(ballast);
        knowledge.close();
        assertPublishedDeltasLeadToTheState(knowledge);
    }

    @Test
    void close_onAFullDiskFailsAndASecondCloseTriesAgain() throws Exception {
        Knowledge knowledge = Knowledge.open(platform, folder);
        ingest(knowledge, ListCorpus.random(50, 0, 1));
        Path ballast = disk.fill("ballast");
        assertThatThrownBy(knowledge::close)
                .isInstanceOf(GeothermException.class)
                .hasMessageContainingAll(folder.toString(), FULL);
        assertThat(files()).containsOnly(".geotherm", ".geotherm-work");
        Files.delete(ballast);
        knowledge.close();
        assertPublishedDeltasLeadToTheState(knowledge);
    }

    @Test
    void deadLetters_onAFullDiskFailTheIngestionAndAreWrittenLater() throws Exception {
        platform.close();
        platform = TestPlatform.start(scratch.resolve("work"), "streaming.maxRetries=0");
        DeadLetterFile deadLetters = new DeadLetterFile(disk.folder().resolve("letters"));
        DeltaLog deltas = new DeltaLog(
                scratch.resolve("deltas"),
                () -> platform.anchors().state().snapshot(),
                platform.differ().codec());
        AnchorIngestion processor = new AnchorIngestion(
                platform.pools(), failingEmbedder(), platform.anchors(), KnowledgeIndex.of(platform), deltas);
        Ingestion ingestion = new Ingestion(
                platform.pipelines(), platform.anchors(), KnowledgeIndex.of(platform), processor, deltas, deadLetters);
        try (deadLetters;
                deltas;
                processor) {
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
            Path saved = scratch.resolve("dead-letters.jsonl");
            deadLetters.save(saved);
            assertThat(Files.readAllLines(saved))
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

    private static IngestionResult run(Ingestion ingestion, ListCorpus corpus) throws InterruptedException {
        return ingestion.run(corpus, Progress.none(), Cancellation.never());
    }

    private void assertPublishedDeltasLeadToTheState(Knowledge knowledge) throws IOException {
        assertThat(files()).contains("deltas.jsonl", "state.json").doesNotContain(".geotherm-work");
        long revisions = knowledge.deltas().revisions();
        StateCheck check = ReplayCheck.check(
                platform.differ(),
                folder.resolve("deltas.jsonl"),
                folder.resolve("state.json"),
                revisions,
                new AtomicLong());
        assertThat(check.revisions()).isEqualTo(revisions).isPositive();
        assertThat(Json.MAPPER.readTree(folder.resolve("state.json").toFile()))
                .isEqualTo(platform.anchors().state().snapshot().toJson());
    }

    private static void ingest(Knowledge knowledge, ListCorpus corpus) throws InterruptedException {
        knowledge.ingest(corpus, Progress.none(), Cancellation.never());
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
