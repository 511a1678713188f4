package dev.geotherm.anchors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.testkit.ThreadsLeft;
import dev.geotherm.testkit.anchor.RetrieverContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneRetrieverTest extends RetrieverContract {

    @Override
    protected Retriever open(ComponentContext context) {
        return new LuceneRetriever(Settings.defaults(LuceneRetrieverSettings.class), context);
    }

    /** The contract with every optional feature enabled. */
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

        private static Passage passage(String id, String text) {
            return new Passage(id, "doc", "", text, 0, text.length(), Instant.EPOCH, null, new float[] {1, 2});
        }

        private static long bytes(Path folder) throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.mapToLong(file -> file.toFile().length()).sum();
            }
        }

        @Test
        void index_doesNotGrowWithReplacedAndRemovedPassages() throws Exception {
            try (Retriever retriever = open(parent)) {
                long first = 0;
                for (int round = 0; round < 15; round++) {
                    int from = round * 50;
                    retriever.index(IntStream.range(from, from + 50)
                            .mapToObj(i -> passage("p" + i, "apple number " + i))
                            .toList());
                    retriever.index(List.of(passage("always", "apple " + round)));
                    retriever.refresh();
                    first = round == 0 ? bytes(parent) : first;
                    retriever.remove(IntStream.range(from, from + 50)
                            .mapToObj(i -> "p" + i)
                            .toList());
                    retriever.refresh();
                }
                assertThat(retriever.metrics().passages()).isEqualTo(1);
                assertThat(bytes(parent)).isLessThan(2 * first);
            }
        }

        @Test
        void refresh_withoutChangesKeepsTheCache() {
            try (Retriever retriever = open(parent)) {
                retriever.index(List.of(passage("a")));
                retriever.refresh();
                retriever.search(Query.lexical("apple", 1));
                retriever.refresh();
                retriever.search(Query.lexical("apple", 1));
                assertThat(retriever.metrics().cacheHits()).isEqualTo(1);
                retriever.remove(List.of("a"));
                retriever.refresh();
                assertThat(retriever.search(Query.lexical("apple", 1))).isEmpty();
            }
        }

        @Test
        void close_leavesNoThread() {
            LuceneRetriever retriever = new LuceneRetriever(
                    Settings.of(LuceneRetrieverSettings.class, Map.of("parallel", "true", "batchSize", "1")),
                    ComponentContext.standalone("threads").withWorkDirectory(parent));
            retriever.index(List.of(passage("a")));
            retriever.refresh();
            retriever.searchAll(List.of(Query.lexical("apple", 1), Query.lexical("pear", 1)));
            assertThat(ThreadsLeft.of("threads"))
                    .extracting(Thread::getName)
                    .anyMatch(name -> name.contains("-search-"));
            retriever.close();
            ThreadsLeft.assertNone("threads");
        }

        @Test
        void close_deletesTheFolder() {
            Path folder = parent.resolve("deep").resolve("work");
            Retriever retriever = open(folder);
            retriever.index(List.of(passage("a")));
            retriever.refresh();
            assertThat(folder).isNotEmptyDirectory();
            retriever.close();
            assertThat(folder).doesNotExist();
        }

        @Test
        void open_deletesTheIndexOfACrashedProcess() throws Exception {
            Path stale = Files.createDirectories(parent.resolve("index-stale"));
            Files.createFile(stale.resolve(IndexWriter.WRITE_LOCK_NAME));
            Files.writeString(stale.resolve("segments_1"), "garbage");
            try (Retriever retriever = open(parent)) {
                assertThat(stale).doesNotExist();
                assertThat(retriever.search(Query.lexical("apple", 1))).isEmpty();
            }
        }

        @Test
        void open_leavesAnIndexInUse() {
            try (Retriever first = open(parent)) {
                first.index(List.of(passage("a")));
                open(parent).close();
                first.index(List.of(passage("b")));
                first.refresh();
                assertThat(first.search(Query.lexical("apple", 10))).hasSize(2);
            }
        }

        @Test
        void open_folderThatCannotBeCreatedIsRefused() throws Exception {
            Path file = Files.createFile(parent.resolve("file"));
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(() -> open(file))
                    .withMessageContaining(file.toString());
        }

        @Test
        void index_survivesAnInterrupt() {
            try (Retriever retriever = open(parent)) {
                Thread.currentThread().interrupt();
                retriever.index(List.of(passage("a")));
                retriever.refresh();
                assertThat(Thread.interrupted()).isTrue();
                assertThat(retriever.search(Query.lexical("apple", 1))).hasSize(1);
            }
        }

        @Test
        void reconfigure_keepsThePassages() {
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
