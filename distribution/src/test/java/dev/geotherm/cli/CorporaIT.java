package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.gla.terrier.jtreceval.trec_eval;

/**
 * The main job on judged collections, where {@code -Dgeotherm.corpora} says that they are. Of cacm's judgements some are of
 * documents that it does not have.
 */
class CorporaIT {
    private static final double REFERENCE_TOLERANCE = 0.05;

    @TempDir
    Path scratch;

    /** The reference figures are those of BM25 over whole documents, measured by trec_eval. */
    @ParameterizedTest
    @CsvSource({"cranfield, 1400, 225, 1837, .288, .365, .722", "cacm, 3204, 64, 796, .334, .474, .661"})
    void wordsAloneComeNearTheReferenceAndNothingIsLost(
            String name, int documents, int queries, int judgements, double map, double ndcg, double recall)
            throws Exception {
        JsonNode report = run(name, "lexical");
        assertThat(report.at("/corpus/documents").asInt()).isEqualTo(documents);
        assertThat(report.at("/corpus/queries").asInt()).isEqualTo(queries);
        assertThat(report.at("/corpus/judgements").asInt()).isEqualTo(judgements);
        assertThat(report.at("/components/streaming/metrics/processed")).isEqualTo(report.at("/corpus/fragments"));
        JsonNode measures = report.at("/evaluation/measures");
        assertThat(measures.path("MAP").asDouble()).isCloseTo(map, within(map * REFERENCE_TOLERANCE));
        assertThat(measures.path("nDCG@10").asDouble()).isCloseTo(ndcg, within(ndcg * REFERENCE_TOLERANCE));
        assertThat(measures.path("Recall@100").asDouble()).isCloseTo(recall, within(recall * REFERENCE_TOLERANCE));
    }

    @ParameterizedTest
    @CsvSource({"cranfield, fused", "cranfield, similarity", "cacm, fused"})
    void measuresAreThoseOfTrecEvalOnTheRunFile(String name, String retrieve) throws Exception {
        JsonNode measures = run(name, retrieve).at("/evaluation/measures");
        Path qrels = scratch.resolve("qrels.txt");
        Files.write(
                qrels,
                Files.readAllLines(corpus(name).resolve("qrels/test.tsv")).stream()
                        .skip(1)
                        .map(line -> line.split("\t"))
                        .map(cells -> cells[0] + " 0 " + cells[1] + " " + cells[2])
                        .toList());
        Map<String, Double> oracle = Stream.of(new trec_eval().runAndGetOutput(new String[] {
                    "-c",
                    "-m",
                    "map",
                    "-m",
                    "ndcg_cut.10",
                    "-m",
                    "recip_rank",
                    "-m",
                    "recall.100",
                    qrels.toString(),
                    scratch.resolve("out/run.trec").toString()
                }))
                .collect(Collectors.toMap(row -> row[0].strip(), row -> Double.parseDouble(row[2])));
        Map.of("MAP", "map", "nDCG@10", "ndcg_cut_10", "MRR", "recip_rank", "Recall@100", "recall_100")
                .forEach((ours, theirs) -> assertThat(measures.path(ours).asDouble())
                        .as(ours)
                        .isCloseTo(Objects.requireNonNull(oracle.get(theirs)), within(1e-4)));
    }

    private JsonNode run(String name, String retrieve) throws Exception {
        Path out = scratch.resolve("out");
        new Distribution(scratch)
                .run(
                        "run",
                        corpus(name).toString(),
                        "--out",
                        out.toString(),
                        "-q",
                        "--retrieve",
                        retrieve,
                        "--keep-unknown-judgements")
                .succeeds();
        return new ObjectMapper().readTree(out.resolve("report.json").toFile());
    }

    private static Path corpus(String name) {
        String folder = System.getProperty("geotherm.corpora");
        Assumptions.assumeTrue(folder != null, "skipped: -Dgeotherm.corpora does not say where the collections are");
        Path corpus = Path.of(folder, name);
        Assumptions.assumeTrue(Files.isDirectory(corpus), "skipped: there is no " + corpus);
        return corpus;
    }
}
