package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.batch.measure.RunScores;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.CorpusOptions;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.gla.terrier.jtreceval.trec_eval;

/**
 * The engine on judged collections in the folder {@code -Dgeotherm.corpora}. Some judgements of cacm are for documents
 * that it does not contain.
 */
@Tag("full")
class RealCorporaTest {
    private static final double REFERENCE_TOLERANCE = 0.05;

    @TempDir
    Path scratch;

    /** The reference values are those of BM25 over whole documents, measured by trec_eval. */
    @ParameterizedTest
    @CsvSource({
        "cranfield, 1400, 225, 1837, .288, .365, .722, LEXICAL FUSED SIMILARITY",
        "cacm, 3204, 64, 796, .334, .474, .661, LEXICAL FUSED"
    })
    void evaluate_approximatesReferenceValuesAndMeasuresAsTrecEval(
            String name,
            int documents,
            int queries,
            int judgements,
            double map,
            double ndcg,
            double recall,
            String modes)
            throws Exception {
        Corpus corpus =
                Corpus.open(path(name).toString(), CorpusOptions.defaults().keepingUnknownJudgements());
        assertThat(corpus.queries()).hasSize(queries);
        assertThat(corpus.judgements()).hasSize(judgements);
        try (Platform platform = TestPlatform.start(scratch.resolve("work"));
                KnowledgeFolder folder = KnowledgeFolder.open(scratch.resolve("knowledge"));
                Knowledge knowledge = KnowledgeFactory.temporary(platform, folder)) {
            IngestionResult ingested = knowledge.ingest(corpus, Progress.none(), Cancellation.never());
            assertThat(ingested.documents()).isEqualTo(documents);
            assertThat(ingested.deadLetters()).isZero();
            assertThat(knowledge.generations.current().index().size()).isEqualTo(ingested.fragments());
            for (String mode : modes.split(" ")) {
                EvaluationOptions options = EvaluationOptions.of(RetrievalMode.valueOf(mode));
                RunScores scores = knowledge
                        .evaluate(corpus, options, Progress.none(), Cancellation.never())
                        .scores();
                if (options.mode() == RetrievalMode.LEXICAL) {
                    assertThat(mean(scores, "MAP")).isCloseTo(map, within(map * REFERENCE_TOLERANCE));
                    assertThat(mean(scores, "nDCG@10")).isCloseTo(ndcg, within(ndcg * REFERENCE_TOLERANCE));
                    assertThat(mean(scores, "Recall@100")).isCloseTo(recall, within(recall * REFERENCE_TOLERANCE));
                }
                assertMeasuresOfTrecEval(scores, name, folder.draft(KnowledgeFolder.RUN));
            }
        }
    }

    private void assertMeasuresOfTrecEval(RunScores scores, String name, Path run) throws Exception {
        Path qrels = scratch.resolve("qrels.txt");
        Files.write(
                qrels,
                Files.readAllLines(path(name).resolve("qrels/test.tsv")).stream()
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
                    run.toString()
                }))
                .collect(Collectors.toMap(row -> row[0].strip(), row -> Double.parseDouble(row[2])));
        for (String theirs : List.of("map", "ndcg_cut_10", "recip_rank", "recall_100")) {
            assertThat(mean(scores, theirs))
                    .as(theirs)
                    .isCloseTo(Objects.requireNonNull(oracle.get(theirs)), within(1e-4));
        }
    }

    private static double mean(RunScores scores, String measure) {
        return scores.mean(Measure.parse(measure));
    }

    private static Path path(String name) {
        String folder = System.getProperty("geotherm.corpora");
        assumeTrue(folder != null, "skipped: -Dgeotherm.corpora does not say where the collections are");
        Path corpus = Path.of(folder, name);
        assumeTrue(Files.isDirectory(corpus), "skipped: there is no " + corpus);
        return corpus;
    }
}
