package dev.geotherm.anchors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.testkit.anchor.RetrieverContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneRetrieverTest extends RetrieverContract {

    @Override
    protected Retriever open(ComponentContext context) {
        return new LuceneRetriever(Settings.defaults(LuceneRetrieverSettings.class), context);
    }

    /** The contract again, with everything that the settings can turn on. */
    static final class ParallelTest extends RetrieverContract {
        @Override
        protected Retriever open(ComponentContext context) {
            return new LuceneRetriever(
                    Settings.of(
                            LuceneRetrieverSettings.class,
                            Map.of("parallel", "true", "batchSize", "3", "prefetch", "true", "cacheSize", "0")),
                    context);
        }
    }

    @Nested
    final class Folder {
        @TempDir
        private Path parent;

        private LuceneRetriever open(Path folder) {
            return new LuceneRetriever(
                    Settings.defaults(LuceneRetrieverSettings.class),
                    ComponentContext.standalone("folder").withWorkDirectory(folder));
        }

        private static Passage passage(String id) {
            return new Passage(id, "doc", "", "apple", 0, 5, Instant.EPOCH, null, null);
        }

        @Test
        void nothingIsLeftAfterClosing() {
            Path folder = parent.resolve("deep").resolve("work");
            Retriever retriever = open(folder);
            retriever.index(List.of(passage("a")));
            retriever.refresh();
            assertThat(folder).isNotEmptyDirectory();
            retriever.close();
            assertThat(folder).doesNotExist();
        }

        @Test
        void whatACrashLeftBehindIsDiscarded() throws Exception {
            Path stale = Files.createDirectories(parent.resolve("index-stale"));
            Files.createFile(stale.resolve(IndexWriter.WRITE_LOCK_NAME));
            Files.writeString(stale.resolve("segments_1"), "garbage");
            try (Retriever retriever = open(parent)) {
                assertThat(stale).doesNotExist();
                assertThat(retriever.search(Query.lexical("apple", 1))).isEmpty();
            }
        }

        @Test
        void anIndexInUseStays() {
            try (Retriever first = open(parent)) {
                first.index(List.of(passage("a")));
                open(parent).close();
                first.index(List.of(passage("b")));
                first.refresh();
                assertThat(first.search(Query.lexical("apple", 10))).hasSize(2);
            }
        }

        @Test
        void aFolderThatCannotBeMadeIsRefused() throws Exception {
            Path file = Files.createFile(parent.resolve("file"));
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(() -> open(file))
                    .withMessageContaining(file.toString());
        }

        @Test
        void anInterruptDoesNotHurtTheIndex() {
            try (Retriever retriever = open(parent)) {
                Thread.currentThread().interrupt();
                retriever.index(List.of(passage("a")));
                retriever.refresh();
                assertThat(Thread.interrupted()).isTrue();
                assertThat(retriever.search(Query.lexical("apple", 1))).hasSize(1);
            }
        }

        @Test
        void newSettingsKeepThePassages() {
            try (LuceneRetriever retriever = open(parent)) {
                retriever.index(List.of(passage("a")));
                retriever.refresh();
                double before =
                        retriever.search(Query.lexical("apple", 1)).get(0).score();
                retriever.reconfigure(Settings.of(LuceneRetrieverSettings.class, Map.of("k1", "2", "b", "0")));
                assertThat(retriever.search(Query.lexical("apple", 1)).get(0).score())
                        .isNotEqualTo(before);
            }
        }
    }
}
