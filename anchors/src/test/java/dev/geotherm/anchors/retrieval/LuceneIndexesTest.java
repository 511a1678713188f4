package dev.geotherm.anchors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.testkit.ThreadsLeft;
import dev.geotherm.testkit.anchor.PassageIndexesContract;
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

final class LuceneIndexesTest extends PassageIndexesContract {

    @Override
    protected PassageIndexes open(ComponentContext context) {
        return new LuceneIndexes(Settings.defaults(LuceneIndexesSettings.class), context);
    }

    /** The contract with every optional feature enabled. */
    static final class ParallelTest extends PassageIndexesContract {
        @Override
        protected PassageIndexes open(ComponentContext context) {
            return new LuceneIndexes(
                    Settings.of(
                            LuceneIndexesSettings.class,
                            Map.of("parallel", "true", "batchSize", "3", "prefetch", "true", "cacheSize", "0")),
                    context);
        }
    }

    @Nested
    final class Folder {
        @TempDir
        private Path parent;

        private LuceneIndexes indexes(Path folder) {
            return new LuceneIndexes(
                    Settings.defaults(LuceneIndexesSettings.class),
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
            try (LuceneIndexes indexes = indexes(parent);
                    PassageIndex index = indexes.open("one")) {
                long first = 0;
                for (int round = 0; round < 15; round++) {
                    int from = round * 50;
                    index.index(IntStream.range(from, from + 50)
                            .mapToObj(i -> passage("p" + i, "apple number " + i))
                            .toList());
                    index.index(List.of(passage("always", "apple " + round)));
                    index.refresh();
                    first = round == 0 ? bytes(parent) : first;
                    index.remove(IntStream.range(from, from + 50)
                            .mapToObj(i -> "p" + i)
                            .toList());
                    index.refresh();
                }
                assertThat(index.metrics().passages()).isEqualTo(1);
                assertThat(bytes(parent)).isLessThan(2 * first);
            }
        }

        @Test
        void refresh_withoutChangesKeepsTheCache() {
            try (LuceneIndexes indexes = indexes(parent);
                    PassageIndex index = indexes.open("one")) {
                index.index(List.of(passage("a")));
                index.refresh();
                index.retriever().search(Query.lexical("apple", 1));
                index.refresh();
                index.retriever().search(Query.lexical("apple", 1));
                assertThat(index.metrics().cacheHits()).isEqualTo(1);
                index.remove(List.of("a"));
                index.refresh();
                assertThat(index.retriever().search(Query.lexical("apple", 1))).isEmpty();
            }
        }

        @Test
        void close_leavesNoThread() {
            LuceneIndexes indexes = new LuceneIndexes(
                    Settings.of(LuceneIndexesSettings.class, Map.of("parallel", "true", "batchSize", "1")),
                    ComponentContext.standalone("threads").withWorkDirectory(parent));
            PassageIndex index = indexes.open("one");
            index.index(List.of(passage("a")));
            index.refresh();
            index.retriever().searchAll(List.of(Query.lexical("apple", 1), Query.lexical("pear", 1)));
            assertThat(ThreadsLeft.of("threads"))
                    .extracting(Thread::getName)
                    .anyMatch(name -> name.contains("-search-"));
            indexes.close();
            ThreadsLeft.assertNone("threads");
        }

        @Test
        void close_deletesTheFolder() {
            Path folder = parent.resolve("deep").resolve("work");
            PassageIndex index = indexes(folder).open("one");
            index.index(List.of(passage("a")));
            index.refresh();
            assertThat(folder).isNotEmptyDirectory();
            index.close();
            assertThat(folder).doesNotExist();
        }

        @Test
        void open_deletesTheIndexOfACrashedProcess() throws Exception {
            Path stale = Files.createDirectories(parent.resolve("index-stale"));
            Files.createFile(stale.resolve(IndexWriter.WRITE_LOCK_NAME));
            Files.writeString(stale.resolve("segments_1"), "garbage");
            try (LuceneIndexes indexes = indexes(parent);
                    PassageIndex index = indexes.open("one")) {
                assertThat(stale).doesNotExist();
                assertThat(index.retriever().search(Query.lexical("apple", 1))).isEmpty();
            }
        }

        @Test
        void open_leavesAnIndexInUse() {
            try (LuceneIndexes indexes = indexes(parent);
                    PassageIndex index = indexes.open("one")) {
                index.index(List.of(passage("a")));
                indexes(parent).open("one").close();
                index.index(List.of(passage("b")));
                index.refresh();
                assertThat(index.retriever().search(Query.lexical("apple", 10))).hasSize(2);
            }
        }

        @Test
        void open_folderThatCannotBeCreatedIsRefused() throws Exception {
            Path file = Files.createFile(parent.resolve("file"));
            assertThatExceptionOfType(GeothermException.class)
                    .isThrownBy(() -> indexes(file).open("one"))
                    .withMessageContaining(file.toString());
        }

        @Test
        void index_survivesAnInterrupt() {
            try (LuceneIndexes indexes = indexes(parent);
                    PassageIndex index = indexes.open("one")) {
                Thread.currentThread().interrupt();
                index.index(List.of(passage("a")));
                index.refresh();
                assertThat(Thread.interrupted()).isTrue();
                assertThat(index.retriever().search(Query.lexical("apple", 1))).hasSize(1);
            }
        }

        @Test
        void reconfigure_keepsThePassages() {
            try (LuceneIndexes indexes = indexes(parent);
                    PassageIndex index = indexes.open("one")) {
                index.index(List.of(passage("a")));
                index.refresh();
                double before = index.retriever()
                        .search(Query.lexical("apple", 1))
                        .get(0)
                        .score();
                indexes.reconfigure(Settings.of(LuceneIndexesSettings.class, Map.of("k1", "2", "b", "0")));
                assertThat(index.retriever()
                                .search(Query.lexical("apple", 1))
                                .get(0)
                                .score())
                        .isNotEqualTo(before);
            }
        }
    }
}
