package dev.geotherm.jvector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.anchors.retrieval.LuceneIndexesFactory;
import dev.geotherm.anchors.retrieval.LuceneIndexesSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Filter;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.PassageIndexesFactory;
import dev.geotherm.api.anchor.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Search in graphs of JVector, compared with exact search in the same index. */
@Timeout(1_800) // a guard against hanging
final class GraphSearchTest {
    private static final int QUERIES = 40;
    private static final int COUNT = 240;
    private static final PassageIndexesFactory<LuceneIndexesSettings> JVECTOR = new JVectorIndexesFactory();
    private static final PassageIndexesFactory<LuceneIndexesSettings> LUCENE = new LuceneIndexesFactory();

    @TempDir
    private Path scratch;

    private final Random random = new Random(7);
    private final float[][] centres =
            IntStream.range(0, 100).mapToObj(i -> around(new float[32], 1)).toArray(float[][]::new);
    private int next;

    private PassageIndexes open(PassageIndexesFactory<LuceneIndexesSettings> factory, String graphFrom) {
        Map<String, String> settings = Map.of("graphFrom", graphFrom, "graphCandidates", "50", "graphCost", "1");
        return factory.create(
                Settings.of(LuceneIndexesSettings.class, settings),
                ComponentContext.standalone("graph").withWorkDirectory(scratch.resolve("work")));
    }

    private float[] around(float[] centre, float spread) {
        float[] vector = new float[centre.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = centre[i] + spread * (float) random.nextGaussian();
        }
        return vector;
    }

    private float[] vector() {
        return around(centres[random.nextInt(centres.length)], 0.5f);
    }

    /** Indexes the next passages, in batches that each become a segment. */
    private void add(PassageIndex index, int count, int batch) {
        for (int added = 0; added < count; added += batch) {
            index.index(Stream.generate(() -> passage(next++)).limit(batch).toList());
            index.refresh();
        }
    }

    private Passage passage(int number) {
        Instant time = Instant.EPOCH.plusSeconds(number);
        return new Passage("p" + number, "d" + number / 3, "", "text", 0, 4, time, null, vector())
                .ingestedFrom("source" + number % 10, "", time);
    }

    private static List<String> ids(int from, int to, int step) {
        return IntStream.iterate(from, i -> i < to, i -> i + step)
                .mapToObj(i -> "p" + i)
                .toList();
    }

    /** Returns the share of the nearest passages of the last commit that a search by graphs finds. */
    private double recall(Path folder, Filter filter) {
        List<Query> queries = Stream.generate(
                        () -> Query.similarity(vector(), 10).filtered(filter))
                .limit(QUERIES)
                .toList();
        List<List<Hit>> exact;
        try (PassageIndexes all = open(JVECTOR, "0");
                PassageIndex index = all.open("exact", folder)) {
            exact = index.retriever().searchAll(queries);
            assertThat(index.metrics().graphSearches()).isZero();
        }
        try (PassageIndexes all = open(JVECTOR, "200");
                PassageIndex index = all.open("graph", folder)) {
            List<List<Hit>> found = index.retriever().searchAll(queries);
            assertThat(index.metrics().graphSearches()).isGreaterThanOrEqualTo(QUERIES);
            int hits = 0;
            for (int i = 0; i < QUERIES; i++) {
                assertThat(found.get(i)).hasSize(10);
                Set<Hit> both = new HashSet<>(exact.get(i)); // with equal scores, because those of graphs are exact
                both.retainAll(found.get(i));
                hits += both.size();
            }
            return hits / (10.0 * QUERIES);
        }
    }

    private static Set<String> extensions(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("."))
                    .map(name -> name.substring(name.lastIndexOf('.') + 1))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void similarity_findsTheNearestAfterMergesAndRemovals() throws IOException {
        Path folder = scratch.resolve("index");
        try (PassageIndexes indexes = open(JVECTOR, "200");
                PassageIndex index = indexes.open("merged", folder)) {
            add(index, 1_200, 80);
            index.commit("merged");
        }
        assertThat(extensions(folder)).contains("jvg").doesNotContain("vex");
        assertThat(recall(folder, Filter.none())).as("after merges").isGreaterThanOrEqualTo(0.95);
        Filter most = Filter.none().ofSources(Set.of("source1", "source2", "source3", "source4", "source5", "source6"));
        assertThat(recall(folder, most)).as("with a filter").isGreaterThanOrEqualTo(0.95);
        try (PassageIndexes indexes = open(JVECTOR, "200");
                PassageIndex index = indexes.open("merged", folder)) {
            index.remove(ids(0, 1_200, 3));
            index.commit("removed");
        }
        assertThat(recall(folder, Filter.none())).as("after removals").isGreaterThanOrEqualTo(0.95);
        try (PassageIndexes indexes = open(JVECTOR, "200");
                PassageIndex index = indexes.open("merged", folder)) {
            add(index, 400, 200);
            index.remove(ids(1, 1_200, 3));
            index.expunge("expunged");
            index.verify();
        }
        assertThat(recall(folder, Filter.none())).as("after an expunction").isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void index_ofTheSameVectorsHasTheSameGraph() throws IOException {
        List<Passage> passages =
                Stream.generate(() -> passage(next++)).limit(COUNT + 1).toList();
        for (String name : List.of("one", "two")) {
            try (PassageIndexes indexes = open(JVECTOR, "200");
                    PassageIndex index = indexes.open(name, scratch.resolve(name))) {
                index.index(passages);
                index.commit("");
                index.remove(List.of("p0"));
                index.expunge("a merged segment has files of its own");
            }
        }
        assertThat(graph(scratch.resolve("one"))).isEqualTo(graph(scratch.resolve("two")));
    }

    /** Returns the records of the graph, without header and footer, which have the random id of the segment. */
    private static byte[] graph(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path graph = files.filter(file -> file.toString().endsWith(".jvg"))
                    .findAny()
                    .orElseThrow();
            byte[] file = Files.readAllBytes(graph);
            int end = file.length - 16; // of the footer
            return Arrays.copyOfRange(file, end - COUNT * (2 * 16 + 1) * Integer.BYTES, end);
        }
    }

    @Test
    void open_luceneReadsWhatJVectorWroteAndTheOtherWayRound() throws IOException {
        List<Query> queries = Stream.generate(() -> Query.similarity(vector(), 10))
                .limit(QUERIES)
                .toList();
        for (var factories : List.of(List.of(JVECTOR, LUCENE), List.of(LUCENE, JVECTOR))) {
            Path folder = scratch.resolve(factories.get(0).name());
            List<List<Hit>> exact;
            try (PassageIndexes indexes = open(factories.get(0), "200");
                    PassageIndex index = indexes.open("written", folder)) {
                add(index, 400, 400);
                index.commit("");
            }
            try (PassageIndexes indexes = open(factories.get(1), "0");
                    PassageIndex index = indexes.open("read", folder)) {
                exact = index.retriever().searchAll(queries);
                index.verify();
            }
            try (PassageIndexes indexes = open(factories.get(1), "200");
                    PassageIndex index = indexes.open("read", folder)) {
                List<List<Hit>> found = index.retriever().searchAll(queries);
                assertThat(index.metrics().graphSearches()).isPositive();
                assertThat(found.stream().flatMap(List::stream).filter(Set.copyOf(flat(exact))::contains))
                        .hasSizeGreaterThan(QUERIES * 9);
            }
        }
    }

    private static List<Hit> flat(List<List<Hit>> hits) {
        return hits.stream().flatMap(List::stream).toList();
    }
}
