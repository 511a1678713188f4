package dev.geotherm.anchors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.anchors.analysis.TextAnalyzer;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneIndexesTest extends PassageIndexesContract {

    @Override
    protected PassageIndexes open(ComponentContext context) {
        return new LuceneIndexes(Settings.defaults(LuceneIndexesSettings.class), context);
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
        void refresh_afterAChangeRewritesNothing() throws Exception {
            try (LuceneIndexes indexes = indexes(parent);
                    PassageIndex index = indexes.open("one")) {
                index.index(IntStream.range(0, 200)
                        .mapToObj(i -> passage("p" + i, "apple " + i))
                        .toList());
                index.refresh();
                Set<Path> before = files();
                index.index(List.of(passage("p7", "pear")));
                index.remove(List.of("p8"));
                index.refresh();
                assertThat(index.size()).isEqualTo(199);
                assertThat(files()).containsAll(before);
            }
        }

        private Set<Path> files() throws IOException {
            try (Stream<Path> files = Files.walk(parent)) {
                return files.collect(Collectors.toSet());
            }
        }

        @Test
        void search_keepsNoVectorsOfSegmentsThatAreGone() throws Exception {
            VectorCache vectors = new VectorCache(1 << 20);
            try (TextAnalyzer words = TextAnalyzer.ofUsualLanguages();
                    ByteBuffersDirectory directory = new ByteBuffersDirectory();
                    IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
                for (int segment = 0; segment < 3; segment++) {
                    writer.addDocument(PassageFields.write(passage("p" + segment), new float[] {1, 0}, words));
                    writer.flush();
                }
                try (DirectoryReader reader = DirectoryReader.open(writer)) {
                    for (LeafReaderContext leaf : reader.leaves()) {
                        assertThat(vectors.of(leaf.reader()).count(0)).isEqualTo(1);
                        assertThat(vectors.of(leaf.reader())).isSameAs(vectors.of(leaf.reader()));
                    }
                    assertThat(vectors.used()).isEqualTo(3 * 2 * Float.BYTES);
                    writer.forceMerge(1);
                }
                assertThat(vectors.used()).isZero();
            }
        }

        @Test
        void refresh_withoutChangesKeepsTheCache() {
            try (LuceneIndexes indexes = new LuceneIndexes(
                            Settings.of(LuceneIndexesSettings.class, Map.of("cacheSize", "1MiB")),
                            ComponentContext.standalone("cache").withWorkDirectory(parent));
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
