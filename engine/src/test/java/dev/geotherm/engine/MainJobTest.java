package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusQuery;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.corpus.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainJobTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"dev", "balanced", "perf", "experiment"})
    void run_worksWithEveryBuiltInProfile(String profile) throws Exception {
        JsonNode report = run(profile, ListCorpus.random(30, 3, 4));
        assertThat(report.path("profile").asText()).isEqualTo(profile);
        assertThat(report.at("/replay/verified").asBoolean()).isTrue();
        assertThat(report.at("/evaluation/measures/Recall@100").asDouble()).isEqualTo(1);
        assertThat(Files.exists(scratch.resolve("out/telemetry.jsonl"))).isEqualTo(profile.equals("experiment"));
    }

    @Test
    void run_withoutQueriesMeasuresNothingAndRemovesOldRankings() throws Exception {
        run("balanced", ListCorpus.random(30, 3, 4));
        assertThat(files()).contains("run.trec", "evaluation.jsonl");
        Path texts = Files.createDirectories(scratch.resolve("texts/inner"));
        Files.writeString(texts.resolve("a.txt"), "Steam rises from the vent.");
        Files.writeString(texts.resolve("b.md"), "# Lava\n\nIt flows.");
        Files.writeString(texts.resolve("c.html"), "<html><title>Rift</title><body><p>It opens.</p></body></html>");

        JsonNode report = run("balanced", Corpus.open(texts.getParent().toString()));
        assertThat(report.at("/corpus/documents").asInt()).isEqualTo(3);
        assertThat(report.has("evaluation")).isFalse();
        assertThat(files()).containsExactlyInAnyOrder(".geotherm", "deltas.jsonl", "state.json", "report.json");
        assertThat(Files.readString(scratch.resolve("out/state.json"))).contains("Steam rises", "It flows", "It opens");
    }

    @Test
    void report_hasTheMetricsOfEveryComponentWithUnits() throws Exception {
        JsonNode components = run("balanced", ListCorpus.random(30, 3, 4)).path("components");
        assertThat(components.properties())
                .extracting(each -> each.getKey())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ComponentKind.values())
                        .map(ComponentKind::section)
                        .toList());
        assertThat(components
                        .at("/streaming/instances/ingestion/processed/value")
                        .asInt())
                .as("counters of a pipeline that is closed")
                .isEqualTo(30);
        assertThat(components
                        .at("/streaming/instances/ingestion/processed/unit")
                        .asText())
                .isEqualTo("fragments");
        assertThat(components.at("/pool/instances").properties())
                .extracting(each -> each.getKey())
                .containsExactly("anchors", "vectors");
        assertThat(components.at("/pool/instances/vectors/reused/unit").asText())
                .isNotEmpty();
        assertThat(components.at("/embedding/metrics/time/p99").asDouble()).isPositive();
        assertThat(components.at("/embedding/metrics/time/unit").asText()).isEqualTo("seconds");
        assertThat(components.at("/batch/metrics/items/value").asInt()).isEqualTo(3);
    }

    @Test
    void run_cancelledKeepsTheResultsOfThePreviousRun() throws Exception {
        run("balanced", ListCorpus.random(30, 3, 4));
        String before = Files.readString(scratch.resolve("out/report.json"));
        try (KnowledgeFolder folder = KnowledgeFolder.open(scratch.resolve("out"))) {
            MainJob job = new MainJob(
                    ListCorpus.random(40, 3, 5),
                    TestPlatform.configuration("balanced", List.of()),
                    EvaluationOptions.defaults());
            assertThatThrownBy(() -> job.run(folder, Progress.none(), () -> true))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(scratch.resolve("out/report.json")).hasContent(before);
        assertThat(scratch.resolve("out/.geotherm-work")).doesNotExist();
    }

    @Test
    void run_thatCannotPublishKeepsTheCheckpointAndTheNextRunEvaluatesNothingAgain() throws Exception {
        ListCorpus corpus = ListCorpus.random(30, 7, 4);
        Path obstacle = scratch.resolve("out/run.trec/obstacle");
        Files.createDirectories(obstacle);
        Files.createFile(scratch.resolve("out/.geotherm"));
        assertThatThrownBy(() -> run("balanced", corpus))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("cannot write the results");
        assertThat(files()).contains("evaluation.jsonl.checkpoint").doesNotContain("report.json");

        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        JsonNode report = run("balanced", corpus);
        assertThat(report.at("/evaluation/resumed").asInt()).isEqualTo(7);
        assertThat(files()).contains("run.trec").doesNotContain("evaluation.jsonl.checkpoint");
    }

    @Test
    void run_failsIfTheCorpusChangesAfterItsFirstPass() throws Exception {
        Path file = scratch.resolve("docs.jsonl");
        Files.writeString(file, "{\"id\": 1, \"text\": \"a\"}\n{\"id\": 2, \"text\": \"b\"}\n");
        Corpus corpus = Corpus.open(file.toString());
        Files.writeString(file, "{\"id\": 1, \"text\": \"a\"}\n");
        assertThatThrownBy(() -> run("balanced", corpus))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("docs.jsonl: was changed while it was read (documents at first: 2, now: 1)");
        assertThat(files()).doesNotContain("report.json", "state.json");

        Corpus liar = new Claiming(5, ListCorpus.of());
        assertThatThrownBy(() -> run("balanced", liar)).hasMessageContaining("has changed: it had 5 documents");
    }

    /** A corpus that claims another number of documents than it has. */
    private record Claiming(int size, Corpus real) implements Corpus {
        @Override
        public String name() {
            return "claiming";
        }

        @Override
        public Stream<Document> documents() {
            return real.documents();
        }

        @Override
        public List<CorpusQuery> queries() {
            return List.of();
        }

        @Override
        public List<Judgement> judgements() {
            return List.of();
        }

        @Override
        public List<String> notes() {
            return List.of();
        }
    }

    private JsonNode run(String profile, Corpus corpus) throws Exception {
        try (KnowledgeFolder folder = KnowledgeFolder.open(scratch.resolve("out"))) {
            MainJob job =
                    new MainJob(corpus, TestPlatform.configuration(profile, List.of()), EvaluationOptions.defaults());
            RunReport report = job.run(folder, Progress.none(), Cancellation.never());
            assertThat(Files.readString(scratch.resolve("out/report.json"))).isEqualTo(report.json() + "\n");
            return report.toTree();
        }
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(scratch.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
