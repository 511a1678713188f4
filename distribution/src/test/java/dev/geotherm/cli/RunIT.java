package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.flipkart.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, run by the built distribution. */
class RunIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path scratch;

    private Distribution distribution;
    private Path out;

    @BeforeEach
    void prepare() {
        distribution = new Distribution(scratch);
        out = scratch.resolve("out");
    }

    @Test
    void aJudgedCorpusGivesTableReportDeltasStateAndRunFile() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 200, 1);
        Distribution.Ended ended = distribution
                .run("run", corpus.toString(), "--out", out.toString())
                .succeeds();
        assertThat(ended.out())
                .contains("200 documents", "nDCG@10", "Recall@100", "give state.json exactly", "peak heap");
        assertThat(ended.err()).contains("ingest", "evaluate");
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            ".geotherm",
                            "deltas.jsonl",
                            "state.json",
                            "run.trec",
                            "evaluation.jsonl",
                            "report.json",
                            "geotherm.log");
        }
        JsonNode report = report();
        assertThat(report.at("/corpus/documents").asInt()).isEqualTo(200);
        assertThat(report.at("/corpus/queries").asInt()).isEqualTo(20);
        assertThat(report.at("/corpus/judgements").asInt()).isEqualTo(40);
        assertThat(report.at("/components/streaming/metrics/processed").asInt())
                .isEqualTo(report.at("/corpus/fragments").asInt());
        assertThat(report.at("/components/streaming/metrics/dead").asInt()).isZero();
        assertThat(report.at("/replay/verified").asBoolean()).isTrue();
        assertThat(report.at("/evaluation/measures/Recall@100").asDouble()).isPositive();
        assertThat(report.at("/memory/peakHeapBytes").asLong()).isPositive();
    }

    @Test
    void jsonGoesToStdoutAndIsTheReport() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 30, 2);
        Distribution.Ended ended = distribution
                .run("run", corpus.toString(), "--out", out.toString(), "--json", "--quiet")
                .succeeds();
        assertThat(JSON.readTree(ended.out())).isEqualTo(report());
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void anotherJsonPatchLibraryReplaysTheDeltasToTheState() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 120, 3);
        distribution
                .run("run", corpus.toString(), "--out", out.toString(), "-q")
                .succeeds();
        JsonNode state = JSON.createObjectNode();
        List<String> lines = Files.readAllLines(out.resolve("deltas.jsonl"));
        for (String line : lines) {
            JsonNode patch = JSON.readTree(line).get("patch");
            state = JsonPatch.apply(patch, state);
        }
        assertThat(lines).hasSizeGreaterThan(1);
        assertThat(state).isEqualTo(JSON.readTree(out.resolve("state.json").toFile()));
    }

    @Test
    void aFolderOfTextsIsIngestedWithoutAnEvaluation() throws Exception {
        Path texts = Files.createDirectories(scratch.resolve("texts/inner"));
        Files.writeString(texts.resolve("a.txt"), "Steam rises from the vent.");
        Files.writeString(texts.resolve("b.md"), "# Lava\n\nIt flows.");
        Files.writeString(texts.resolve("c.html"), "<html><title>Rift</title><body><p>It opens.</p></body></html>");
        distribution
                .run("run", texts.getParent().toString(), "--out", out.toString(), "-q")
                .succeeds();
        assertThat(report().at("/corpus/documents").asInt()).isEqualTo(3);
        assertThat(report().has("evaluation")).isFalse();
        assertThat(out.resolve("run.trec")).doesNotExist();
        assertThat(Files.readString(out.resolve("state.json"))).contains("Steam rises", "It flows", "It opens");
    }

    @Test
    void theCommandOfReadmeRunsAPartOfWordNet() throws Exception {
        Distribution.Ended ended = distribution.run("run").succeeds();
        assertThat(ended.out()).contains("wordnet", "nDCG@10");
        assertThat(scratch.resolve("geotherm-out/report.json")).exists();
    }

    @Test
    void everyBuiltInProfileRuns() throws Exception {
        Path corpus = SmallCorpus.write(scratch.resolve("corpus"), 60, 4);
        for (String profile : List.of("dev", "balanced", "perf", "experiment")) {
            distribution
                    .run("run", corpus.toString(), "--out", out.toString(), "-q", "--profile", profile)
                    .succeeds();
            assertThat(report().path("profile").asText()).isEqualTo(profile);
        }
        assertThat(out.resolve("telemetry.jsonl")).exists(); // experiment exports
    }

    private JsonNode report() throws IOException {
        return JSON.readTree(out.resolve("report.json").toFile());
    }
}
