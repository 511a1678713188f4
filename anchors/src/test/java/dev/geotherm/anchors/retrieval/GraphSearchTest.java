package dev.geotherm.anchors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Filter;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Search in the graphs of an index, compared with exact search in the same index. */
@Timeout(1_800) // a guard against hanging
final class GraphSearchTest {
    private static final int QUERIES = 50;

    @TempDir
    private Path scratch;

    private LuceneIndexesSettings settings = Settings.of(
            LuceneIndexesSettings.class, Map.of("graphFrom", "200", "graphCandidates", "50", "graphCost", "5"));
    private LuceneIndexes indexes;
    private ClusteredVectors vectors;
    private int next;

    @BeforeEach
    void open() {
        vectors = new ClusteredVectors(7, 32, 100);
        open(settings);
    }

    private void open(LuceneIndexesSettings newSettings) {
        settings = newSettings;
        indexes = new LuceneIndexes(
                settings, ComponentContext.standalone("graph").withWorkDirectory(scratch.resolve("work")));
    }

    @AfterEach
    void close() {
        indexes.close();
    }

    /** Indexes the next passages, in batches that each become a segment. */
    private void add(PassageIndex index, int count, int batch) {
        for (int added = 0; added < count; added += batch) {
            index.index(IntStream.range(0, batch)
                    .mapToObj(i -> passage(next++, vectors.next()))
                    .toList());
            index.refresh();
        }
    }

    private static Passage passage(int number, float[] vector) {
        Instant time = Instant.EPOCH.plusSeconds(number);
        return new Passage("p" + number, "d" + number / 3, "", "text", 0, 4, time, null, vector)
                .ingestedFrom("source" + number % 100, "", time);
    }

    private List<Query> queries(Filter filter) {
        return Stream.generate(() -> Query.similarity(vectors.next(), 10).filtered(filter))
                .limit(QUERIES)
                .toList();
    }

    /** Returns the hits of an exact search; what follows is by graphs again. */
    private List<List<Hit>> exact(PassageIndex index, List<Query> queries) {
        indexes.reconfigure(Settings.with(settings, Map.of("graphFrom", "0")));
        long before = index.metrics().graphSearches();
        List<List<Hit>> hits = index.retriever().searchAll(queries);
        assertThat(index.metrics().graphSearches()).isEqualTo(before);
        indexes.reconfigure(settings);
        return hits;
    }

    /** Returns the share of the nearest passages that a search by graphs finds. */
    private double recall(PassageIndex index, Filter filter) {
        List<Query> queries = queries(filter);
        List<List<Hit>> expected = exact(index, queries);
        long before = index.metrics().graphSearches();
        List<List<Hit>> found = index.retriever().searchAll(queries);
        assertThat(index.metrics().graphSearches()).isGreaterThanOrEqualTo(before + QUERIES);
        int hits = 0;
        for (int i = 0; i < queries.size(); i++) {
            assertThat(found.get(i)).hasSize(10);
            Set<Hit> both = new HashSet<>(expected.get(i)); // with equal scores, because those of graphs are exact
            both.retainAll(found.get(i));
            hits += both.size();
        }
        return hits / (10.0 * QUERIES);
    }

    @Test
    void similarity_findsTheNearestAfterMergesAndRemovals() {
        try (PassageIndex index = indexes.open("merged")) {
            add(index, 1_600, 80);
            assertThat(recall(index, Filter.none())).as("after merges").isGreaterThanOrEqualTo(0.95);
            index.remove(numbers(0, 1_600, 3));
            index.refresh();
            assertThat(recall(index, Filter.none())).as("after removals").isGreaterThanOrEqualTo(0.95);
            add(index, 800, 200);
            index.remove(numbers(1, 1_600, 3));
            index.expunge("expunged");
            assertThat(recall(index, Filter.none())).as("after an expunction").isGreaterThanOrEqualTo(0.95);
        }
    }

    private static List<String> numbers(int from, int to, int step) {
        return IntStream.iterate(from, i -> i < to, i -> i + step)
                .mapToObj(i -> "p" + i)
                .toList();
    }

    @Test
    void filter_wideOneIsAppliedInTheGraph() {
        try (PassageIndex index = indexes.open("filtered")) {
            add(index, 1_600, 1_600);
            Set<String> most =
                    IntStream.range(0, 90).mapToObj(i -> "source" + i).collect(Collectors.toSet());
            Filter filter = Filter.none().ofSources(most);
            assertThat(recall(index, filter)).isGreaterThanOrEqualTo(0.95);
            assertThat(index.retriever()
                            .search(Query.similarity(vectors.next(), 10).filtered(filter)))
                    .noneMatch(hit -> Integer.parseInt(hit.passage().substring(1)) % 100 >= 90);
        }
    }

    @Test
    void filter_narrowOneIsExact() {
        try (PassageIndex index = indexes.open("filtered")) {
            add(index, 1_600, 1_600);
            List<Query> queries = queries(Filter.none().ofSources(Set.of("source7", "source8")));
            List<List<Hit>> expected = exact(index, queries);
            long before = index.metrics().graphSearches();
            assertThat(index.retriever().searchAll(queries)).isEqualTo(expected);
            assertThat(index.metrics().graphSearches()).isEqualTo(before);
        }
    }

    @Test
    void similarity_ofAllPassagesIsExact() {
        try (PassageIndex index = indexes.open("all")) {
            add(index, 1_600, 1_600);
            List<Hit> hits = index.retriever().search(Query.similarity(vectors.next(), 1_600));
            assertThat(hits).as("a search for all is exact").hasSize(1_600);
            assertThat(index.metrics().graphSearches()).isZero();
        }
    }

    @Test
    void open_usesTheGraphsOfTheLastCommit() throws IOException {
        Path folder = scratch.resolve("durable");
        List<Query> queries = queries(Filter.none());
        List<List<Hit>> before;
        try (PassageIndex index = indexes.open("durable", folder)) {
            add(index, 800, 800);
            index.commit("one");
            before = index.retriever().searchAll(queries);
            assertThat(index.metrics().graphSearches()).isPositive();
        }
        Set<String> files = files(folder);
        try (PassageIndex index = indexes.open("durable", folder)) {
            assertThat(index.retriever().searchAll(queries)).isEqualTo(before);
            assertThat(index.metrics().graphSearches()).isPositive();
            index.verify();
        }
        assertThat(files(folder)).as("nothing is written again").isEqualTo(files);
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void index_vectorsOfAnyLengthHaveGraphs() {
        vectors = new ClusteredVectors(9, 3_072, 5); // Lucene's own limit is 1,024
        try (PassageIndex index = indexes.open("long")) {
            add(index, 220, 220);
            List<Query> queries = new ArrayList<>(queries(Filter.none()).subList(0, 3));
            assertThat(index.retriever().searchAll(queries)).allMatch(hits -> hits.size() == 10);
        }
    }

    @Test
    @Tag("full")
    void similarity_findsTheNearestOfMany() {
        vectors = new ClusteredVectors(11, 128, 2_000);
        indexes.close();
        open(Settings.of(LuceneIndexesSettings.class, Map.of("graphFrom", "20000")));
        try (PassageIndex index = indexes.open("many")) {
            add(index, 118_000, 2_000);
            assertThat(recall(index, Filter.none())).as("after merges").isGreaterThanOrEqualTo(0.95);
            index.remove(numbers(0, 118_000, 4));
            index.refresh();
            assertThat(recall(index, Filter.none())).as("after removals").isGreaterThanOrEqualTo(0.95);
        }
    }
}
