package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.flipkart.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The main job, run by the built distribution; most tests read the files of one run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path scratch;
    private Path corpus;
    private Path out;
    private Ended ended;

    @BeforeAll
    void run(@TempDir Path folder) throws Exception {
        scratch = folder;
        corpus = SmallCorpus.write(scratch.resolve("corpus"), 200, 1);
        out = scratch.resolve("out");
        ended = new Distribution(scratch)
                .run("run", corpus.toString(), "--out", out.toString())
                .succeeds();
    }

    @Test
    void table_goesToStdoutAndProgressToStderr() {
        assertThat(ended.out())
                .contains(
                        "200 documents",
                        "vectors: ",
                        " acquired",
                        "allocation avoided",
                        "comparisons per fragment",
                        "nDCG@10",
                        "Recall@100",
                        "give state.json exactly",
                        "peak heap");
        assertThat(ended.err()).contains("ingest", "replay", "evaluate");
    }

    @Test
    void files_areThoseOfTheHelp() throws Exception {
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
    }

    @Test
    void report_countsWhatWasReadAndLosesNothing() throws Exception {
        JsonNode report = report(out);
        assertThat(report.at("/corpus/documents").asInt()).isEqualTo(200);
        assertThat(report.at("/corpus/queries").asInt()).isEqualTo(20);
        assertThat(report.at("/corpus/judgements").asInt()).isEqualTo(40);
        JsonNode pipeline = report.at("/components/streaming/instances/ingestion");
        assertThat(pipeline.at("/processed/value").asInt())
                .isEqualTo(report.at("/corpus/fragments").asInt());
        assertThat(pipeline.at("/processed/unit").asText()).isEqualTo("fragments");
        assertThat(pipeline.at("/dead/value").asInt(-1)).isZero();
        assertThat(report.at("/replay/verified").asBoolean()).isTrue();
        assertThat(report.at("/evaluation/measures/Recall@100").asDouble()).isPositive();
        assertThat(report.at("/memory/peakHeapBytes").asLong()).isPositive();
    }

    @Test
    void deltas_areAppliedToTheStateByAnotherLibrary() throws Exception {
        JsonNode state = JSON.createObjectNode();
        List<String> lines = Files.readAllLines(out.resolve("deltas.jsonl"));
        for (String line : lines) {
            state = JsonPatch.apply(JSON.readTree(line).get("patch"), state);
        }
        assertThat(lines).hasSizeGreaterThan(1);
        assertThat(state).isEqualTo(JSON.readTree(out.resolve("state.json").toFile()));
    }

    @Test
    void json_isTheReportAndQuietRunsSayNothing() throws Exception {
        Path other = scratch.resolve("json");
        Ended quiet = new InProcess(scratch)
                .run(
                        "run",
                        corpus.toString(),
                        "--out",
                        other.toString(),
                        "--json",
                        "--quiet",
                        "--profile",
                        "experiment")
                .succeeds();
        assertThat(JSON.readTree(quiet.out())).isEqualTo(report(other));
        assertThat(quiet.err()).isEmpty();
        assertThat(report(other).path("profile").asText()).isEqualTo("experiment");
        assertThat(other.resolve("telemetry.jsonl"))
                .as("the profile exports telemetry")
                .exists();
    }

    /** The command of README. */
    @Test
    @Tag("full")
    void wordNet_isTheDefaultCorpus() throws Exception {
        Ended wordNet =
                new Distribution(scratch).with("GEOTHERM_OPTS", "").run("run").succeeds();
        assertThat(wordNet.out()).contains("wordnet", "nDCG@10");
        assertThat(scratch.resolve("geotherm-out/report.json")).exists();
    }

    private static JsonNode report(Path folder) throws IOException {
        return JSON.readTree(folder.resolve("report.json").toFile());
    }
}
