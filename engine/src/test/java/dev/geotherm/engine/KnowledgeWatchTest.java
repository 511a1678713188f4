package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusOptions;
import dev.geotherm.profiles.runtime.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KnowledgeWatchTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path scratch;

    private final List<IngestionResult> results = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private Path docs;
    private Platform platform;
    private Knowledge knowledge;

    @BeforeEach
    void open() throws IOException {
        docs = Files.createDirectory(scratch.resolve("docs"));
        Files.writeString(docs.resolve("vent.txt"), "Steam rises from the vent.");
        platform = TestPlatform.start(scratch.resolve("work"));
        knowledge = Knowledge.open(platform, scratch.resolve("knowledge"));
    }

    @AfterEach
    void close() {
        knowledge.close();
        platform.close();
    }

    private KnowledgeWatch start(KnowledgeWatch.Listener listener) throws InterruptedException {
        return KnowledgeWatch.start(
                knowledge,
                docs.toString(),
                new IngestOptions("docs", false, false),
                CorpusOptions.defaults(),
                listener);
    }

    private final class Recording implements KnowledgeWatch.Listener {
        @Override
        public void onIngested(Corpus corpus, IngestionResult result) {
            results.add(result);
        }

        @Override
        public void onFailure(GeothermException failure) {
            failures.add(failure.getMessage());
        }
    }

    private List<String> documents() {
        return knowledge.search("steam lava pumice basalt", 50).stream()
                .map(SearchHit::document)
                .distinct()
                .sorted()
                .toList();
    }

    private void awaitDocuments(String... names) {
        await().atMost(LONG).untilAsserted(() -> assertThat(documents()).containsExactly(names));
    }

    @Test
    void watch_followsFilesAndFolders() throws Exception {
        try (KnowledgeWatch watch = start(new Recording())) {
            assertThat(watch).isNotNull();
            assertThat(results).hasSize(1);
            assertThat(documents()).containsExactly("vent.txt");

            Path below = Files.createDirectories(docs.resolve("new/below"));
            Files.writeString(below.resolve("lava.txt"), "Lava is hot.");
            awaitDocuments("new/below/lava.txt", "vent.txt");

            Files.writeString(below.resolve("lava.txt"), "Lava cools to basalt.");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(knowledge.search("basalt", 1))
                            .extracting(SearchHit::text)
                            .containsExactly("Lava cools to basalt."));

            Files.move(below, docs.resolve("moved"));
            awaitDocuments("moved/lava.txt", "vent.txt");

            Files.writeString(docs.resolve("moved/pumice.txt"), "Pumice floats.");
            awaitDocuments("moved/lava.txt", "moved/pumice.txt", "vent.txt");

            Files.delete(docs.resolve("vent.txt"));
            awaitDocuments("moved/lava.txt", "moved/pumice.txt");
            assertThat(failures).isEmpty();
        }
        knowledge.close();
        knowledge = Knowledge.open(platform, scratch.resolve("knowledge"));
        assertThat(documents()).containsExactly("moved/lava.txt", "moved/pumice.txt");
    }

    @Test
    void watch_collectsABurst() throws Exception {
        try (KnowledgeWatch watch = start(new Recording())) {
            assertThat(watch).isNotNull();
            for (int i = 0; i < 200; i++) {
                Files.writeString(docs.resolve("lava" + i + ".txt"), "Lava " + i);
            }
            await().atMost(LONG)
                    .until(() ->
                            results.stream().mapToLong(IngestionResult::added).sum() == 201);
            assertThat(results).as("far fewer ingestions than files").hasSizeLessThan(50);
        }
    }

    @Test
    void watch_ignoresHiddenFiles() throws Exception {
        try (KnowledgeWatch watch = start(new Recording())) {
            assertThat(watch).isNotNull();
            Files.writeString(docs.resolve(".lava.txt.swp"), "x");
            Files.createDirectories(docs.resolve(".git/objects"));
            Files.writeString(docs.resolve("lava.txt"), "Lava is hot.");
            awaitDocuments("lava.txt", "vent.txt");
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void watch_repeatsWhatFailed() throws Exception {
        try (KnowledgeWatch watch = start(new Recording())) {
            assertThat(watch).isNotNull();
            Files.write(docs.resolve("lava.txt"), new byte[] {'a', (byte) 0xFF});
            await().atMost(LONG).until(() -> !failures.isEmpty());
            assertThat(failures).singleElement().asString().contains("lava.txt:1: is not UTF-8");
            Files.writeString(docs.resolve("lava.txt"), "Lava is hot.");
            awaitDocuments("lava.txt", "vent.txt");
        }
    }

    @Test
    void start_refusesWhatCannotBeWatched() throws Exception {
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> KnowledgeWatch.start(
                        knowledge,
                        docs.resolve("vent.txt").toString(),
                        new IngestOptions("docs", false, false),
                        CorpusOptions.defaults(),
                        new Recording()))
                .withMessageContaining("only a folder can be watched");
        docs = scratch;
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> start(new Recording()))
                .withMessageContaining("is inside the watched folder");
        docs = Files.createDirectory(scratch.resolve("empty"));
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(() -> start(new Recording()))
                .withMessageContaining("contains no document");
        assertThat(results).isEmpty();
    }

    @Test
    void close_tellsOfAListenerThatEndedTheWatch() throws Exception {
        KnowledgeWatch watch = start((corpus, result) -> {
            results.add(result);
            if (results.size() > 1) {
                throw new IllegalArgumentException("enough");
            }
        });
        Files.writeString(docs.resolve("lava.txt"), "Lava is hot.");
        await().atMost(LONG).until(() -> results.size() > 1);
        assertThatIllegalStateException().isThrownBy(watch::close).havingCause().withMessage("enough");
    }

    @Test
    void run_endsWhenItIsCancelled() throws Exception {
        Cancellation cancellation = () -> !results.isEmpty();
        KnowledgeWatch.run(
                knowledge,
                docs.toString(),
                new IngestOptions("docs", false, false),
                CorpusOptions.defaults(),
                new Recording(),
                Progress.none(),
                cancellation);
        assertThat(results).hasSize(1);
        assertThat(documents()).containsExactly("vent.txt");
    }
}
