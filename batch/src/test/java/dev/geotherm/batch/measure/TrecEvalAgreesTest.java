package dev.geotherm.batch.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.batch.measure.TrecRun.Scored;
import dev.geotherm.testkit.RandomCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The measures agree with those of NIST's trec_eval, which prints four digits. */
class TrecEvalAgreesTest {
    private static final double PRINTED = 1e-4;
    private static final List<String> ASKED = List.of(
            "ndcg",
            "ndcg_cut.1,10,100",
            "map",
            "map_cut.10",
            "recip_rank",
            "P.1,10,30",
            "recall.5,100",
            "success.1,10",
            "Rprec",
            "bpref");
    private static final List<String> PRINTED_NAMES = List.of(
            "ndcg",
            "ndcg_cut_1",
            "ndcg_cut_10",
            "ndcg_cut_100",
            "map",
            "map_cut_10",
            "recip_rank",
            "P_1",
            "P_10",
            "P_30",
            "recall_5",
            "recall_100",
            "success_1",
            "success_10",
            "Rprec",
            "bpref");

    @TempDir
    Path folder;

    private TrecEval oracle;

    @BeforeEach
    void unpack() throws IOException {
        oracle = new TrecEval(folder);
    }

    @Test
    void of_randomRunsAndJudgementsAgreeWithTrecEval() {
        agreeOnRandomRuns(10);
    }

    @Test
    @Tag("full")
    void of_manyRandomRunsAndJudgementsAgreeWithTrecEval() {
        agreeOnRandomRuns(300);
    }

    private void agreeOnRandomRuns(int cases) {
        RandomCases.run(cases, random -> {
            Qrels qrels = qrels(random);
            TrecRun run = run(random, random.nextBoolean());
            Path judged = oracle.write(qrels);
            assertThat(Qrels.read(judged).queries()).isEqualTo(qrels.queries());

            assertSame(scores(qrels, run), oracle.measure(judged, run, ASKED));
            // The file that is read back is the same ranking.
            assertSame(scores(qrels, TrecRun.read(folder.resolve("run.txt"))), oracle.measure(judged, run, ASKED));
        });
    }

    @Test
    void of_filesWithTiesInAnyOrderAgreeWithTrecEval() {
        agreeOnTies(10);
    }

    @Test
    @Tag("full")
    void of_manyFilesWithTiesInAnyOrderAgreeWithTrecEval() {
        agreeOnTies(100);
    }

    private void agreeOnTies(int cases) {
        RandomCases.run(cases, random -> {
            Qrels qrels = qrels(random);
            List<String> lines = new ArrayList<>();
            for (int query = 0; query < 4; query++) {
                for (String document : documents(random)) {
                    String score = random.nextInt(3) + (random.nextBoolean() ? "" : ".000000001");
                    lines.add(
                            "q" + query + " Q0 " + document + " 1 " + (random.nextBoolean() ? "-" : "") + score + " t");
                }
            }
            Collections.shuffle(lines, random);
            Path run = Files.write(folder.resolve("theirs.txt"), lines);

            assertSame(scores(qrels, TrecRun.read(run)), oracle.measure(oracle.write(qrels), run, ASKED));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cranfield", "cacm"})
    void of_realJudgementsAgreeWithTrecEval(String corpus) throws Exception {
        String corpora = System.getProperty("geotherm.corpora");
        assumeTrue(corpora != null, "no folder of corpora: give one with -Dgeotherm.corpora=DIR");
        Path file = Path.of(corpora, corpus, "qrels", "test.tsv");
        assumeTrue(Files.exists(file), "there is no " + file);
        Qrels qrels = Qrels.read(file);
        Path judged = oracle.write(qrels);
        RandomCases.run(3, random -> {
            TrecRun run = guess(qrels, random);
            RunScores scores = scores(qrels, run);
            assertThat(scores.mean(Measure.parse("nDCG@10"))).isBetween(0.05, 0.95);
            assertSame(scores, oracle.measure(judged, run, ASKED));
        });
    }

    /** Returns a run with some relevant documents among many others. */
    private static TrecRun guess(Qrels qrels, Random random) {
        TrecRun.Builder run = TrecRun.builder("guess");
        for (String query : qrels.queries()) {
            List<String> documents = new ArrayList<>(qrels.grades(query).keySet());
            documents.removeIf(document -> random.nextInt(4) == 0);
            for (int i = 0; i < 30; i++) {
                documents.add("other" + i);
            }
            Collections.shuffle(documents, random);
            if (random.nextInt(20) > 0) {
                run.add(query, scored(documents, random, true));
            }
        }
        return run.build();
    }

    private static Qrels qrels(Random random) {
        Qrels.Builder qrels = Qrels.builder();
        for (int query = 0; query < 1 + random.nextInt(6); query++) {
            for (String document : documents(random)) {
                qrels.add("q" + query, document, random.nextInt(6) - 2);
            }
            // The program fails on an answered query that has negative grades only.
            qrels.add("q" + query, "zero", 0);
        }
        return qrels.build();
    }

    private static TrecRun run(Random random, boolean ties) {
        TrecRun.Builder run = TrecRun.builder("random");
        for (int query = 0; query < 8; query++) {
            // The program refuses a run that answers no judged query.
            if (query == 0 || random.nextInt(4) > 0) {
                run.add("q" + query, scored(documents(random), random, ties));
            }
        }
        return run.build();
    }

    /** Returns at least one id; their order by bytes differs from that by UTF-16 and that by number. */
    private static List<String> documents(Random random) {
        List<String> documents = new ArrayList<>();
        int some = 1 + random.nextInt(200);
        for (int i = 0; i < 200; i++) {
            if (random.nextInt(200) < some) {
                documents.add(i % 3 == 0 ? "d" + i : i % 3 == 1 ? "\uFFEE" + i : "\uD83D\uDE00" + i);
            }
        }
        if (documents.isEmpty()) {
            documents.add("d");
        }
        Collections.shuffle(documents, random);
        return documents;
    }

    private static List<Scored> scored(List<String> documents, Random random, boolean ties) {
        List<Scored> scored = new ArrayList<>();
        double score = random.nextGaussian() * 10;
        for (String document : documents) {
            scored.add(new Scored(document, score));
            score -= ties ? random.nextInt(2) * 1e-9 : random.nextDouble();
        }
        return scored;
    }

    private static RunScores scores(Qrels qrels, TrecRun run) {
        return RunScores.of(
                qrels, run, PRINTED_NAMES.stream().map(Measure::parse).toList());
    }

    private static void assertSame(RunScores ours, Map<String, Map<String, Double>> theirs) {
        assertThat(ours.queries())
                .containsAll(theirs.keySet().stream()
                        .filter(query -> !query.equals("all"))
                        .toList());
        for (String name : PRINTED_NAMES) {
            Measure measure = Measure.parse(name);
            double[] values = ours.values(measure);
            for (int i = 0; i < values.length; i++) {
                String query = ours.queries().get(i);
                // The program prints nothing for a query without an answer, but counts it as 0 in the mean.
                double expected = theirs.containsKey(query) ? theirs.get(query).get(name) : 0;
                assertThat(values[i]).as("%s of %s", name, query).isCloseTo(expected, within(PRINTED));
            }
            assertThat(ours.mean(measure)).as(name).isCloseTo(theirs.get("all").get(name), within(PRINTED));
        }
    }
}
