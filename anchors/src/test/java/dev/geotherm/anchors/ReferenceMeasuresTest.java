package dev.geotherm.anchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.anchors.embedding.HashingEmbedderFactory;
import dev.geotherm.anchors.embedding.HashingEmbedderSettings;
import dev.geotherm.anchors.retrieval.LuceneIndexesFactory;
import dev.geotherm.anchors.retrieval.LuceneIndexesSettings;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.Retriever;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known measures of two judged corpora, in the BEIR layout below the folder {@code geotherm.corpora}. */
@Tag("full")
final class ReferenceMeasuresTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"cranfield,0.288", "cacm,0.334"})
    void search_meanAveragePrecisionIsThatOfTheReference(String corpus, double expected) throws IOException {
        Path path = Path.of(System.getProperty("geotherm.corpora", "nowhere"), corpus);
        assumeTrue(Files.isDirectory(path), "no corpus " + path + ": give its parent by -Dgeotherm.corpora");
        try (Embedder embedder = new HashingEmbedderFactory()
                        .create(
                                Settings.defaults(HashingEmbedderSettings.class),
                                ComponentContext.standalone("measures"));
                PassageIndexes indexes = new LuceneIndexesFactory()
                        .create(
                                Settings.defaults(LuceneIndexesSettings.class),
                                ComponentContext.standalone("measures").withWorkDirectory(folder.resolve("work")));
                PassageIndex index = indexes.open("measures")) {
            List<Passage> passages = new ArrayList<>();
            for (String line : Files.readAllLines(path.resolve("corpus.jsonl"))) {
                JsonNode json = JSON.readTree(line);
                String id = json.path("_id").asText();
                String title = json.path("title").asText();
                String text = json.path("text").asText();
                passages.add(new Passage(
                        id,
                        id,
                        title,
                        text,
                        0,
                        text.length(),
                        Instant.EPOCH,
                        null,
                        embedder.embed(title + " " + text)));
            }
            index.index(passages);
            index.refresh();
            double words = map(path, index.retriever(), (text, limit) -> Query.lexical(text, limit));
            double fused =
                    map(path, index.retriever(), (text, limit) -> Query.fused(text, embedder.embed(text), limit));
            assertThat(words).isCloseTo(expected, within(expected * 0.05));
            assertThat(fused).isGreaterThan(words * 0.95);
        }
    }

    private static double map(Path path, Retriever retriever, BiFunction<String, Integer, Query> query)
            throws IOException {
        Map<String, Set<String>> relevant = new HashMap<>();
        for (String line : Files.readAllLines(path.resolve("qrels").resolve("test.tsv"))) {
            String[] row = line.split("\t");
            if (row[2].matches("[1-9]\\d*")) {
                relevant.computeIfAbsent(row[0], id -> new HashSet<>()).add(row[1]);
            }
        }
        Map<String, Query> queries = new LinkedHashMap<>();
        for (String line : Files.readAllLines(path.resolve("queries.jsonl"))) {
            JsonNode json = JSON.readTree(line);
            if (relevant.containsKey(json.path("_id").asText())) {
                queries.put(
                        json.path("_id").asText(), query.apply(json.path("text").asText(), 1_000));
            }
        }
        List<List<Hit>> answers = retriever.searchAll(List.copyOf(queries.values()));
        double sum = 0;
        int next = 0;
        for (String id : queries.keySet()) {
            sum += averagePrecision(answers.get(next++), relevant.get(id));
        }
        return sum / queries.size();
    }

    private static double averagePrecision(List<Hit> hits, Set<String> relevant) {
        double sum = 0;
        int found = 0;
        for (int i = 0; i < hits.size(); i++) {
            if (relevant.contains(hits.get(i).passage())) {
                found++;
                sum += (double) found / (i + 1);
            }
        }
        return sum / relevant.size();
    }
}
