package dev.geotherm.batch.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.batch.measure.RankingMeasures.Values;
import dev.geotherm.batch.measure.TrecRun.Scored;
import dev.geotherm.testkit.RandomCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

            assertSame(RankingMeasures.of(qrels, run), oracle.measure(judged, run));
            // The file that is read back is the same ranking.
            assertSame(RankingMeasures.of(qrels, TrecRun.read(folder.resolve("run.txt"))), oracle.measure(judged, run));
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

            assertSame(RankingMeasures.of(qrels, TrecRun.read(run)), oracle.measure(oracle.write(qrels), run));
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
            RankingMeasures measures = RankingMeasures.of(qrels, run);
            assertThat(measures.mean().ndcgAt10()).isBetween(0.05, 0.95);
            assertSame(measures, oracle.measure(judged, run));
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

    private static void assertSame(RankingMeasures ours, RankingMeasures theirs) {
        assertThat(ours.queries().keySet()).containsAll(theirs.queries().keySet());
        // The program prints nothing for a query without an answer, but counts it as 0 in the mean.
        ours.queries()
                .forEach((query, values) ->
                        assertSame(query, values, theirs.queries().getOrDefault(query, new Values(0, 0, 0, 0))));
        assertSame("mean", ours.mean(), theirs.mean());
    }

    private static void assertSame(String what, Values ours, Values theirs) {
        assertThat(new double[] {ours.ndcgAt10(), ours.averagePrecision(), ours.reciprocalRank(), ours.recallAt100()})
                .as(what)
                .containsExactly(
                        new double[] {
                            theirs.ndcgAt10(), theirs.averagePrecision(), theirs.reciprocalRank(), theirs.recallAt100()
                        },
                        org.assertj.core.data.Offset.offset(PRINTED));
    }
}
