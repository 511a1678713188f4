package dev.geotherm.batch.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.batch.measure.TrecRun.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunScoresTest {
    private final Qrels qrels = Qrels.builder()
            .add("q1", "a", 2)
            .add("q1", "b", 1)
            .add("q1", "c", 0)
            .add("q1", "d", -1)
            .add("q2", "a", 1)
            .add("q3", "a", 0)
            .build();

    @Test
    void of_yieldsTheValuesComputedByHand() {
        TrecRun run = run("q1", "c", "b", "x", "a");

        double ideal = 2 + 1 / log2(3);
        assertThat(q1("nDCG@10", run)).isCloseTo((1 / log2(3) + 2 / log2(5)) / ideal, within(1e-12));
        assertThat(q1("nDCG@2", run)).isCloseTo(1 / log2(3) / ideal, within(1e-12));
        assertThat(q1("MAP", run)).isCloseTo((1 / 2.0 + 2 / 4.0) / 2, within(1e-12));
        assertThat(q1("MAP@3", run)).isCloseTo(1 / 2.0 / 2, within(1e-12));
        assertThat(q1("MRR", run)).isEqualTo(0.5);
        assertThat(q1("MRR@1", run)).isZero();
        assertThat(q1("P@4", run)).isEqualTo(0.5);
        assertThat(q1("P@100", run)).isEqualTo(0.02);
        assertThat(q1("Recall@2", run)).isEqualTo(0.5);
        assertThat(q1("Recall@100", run)).isEqualTo(1);
        assertThat(q1("Success@1", run)).isZero();
        assertThat(q1("Success@2", run)).isEqualTo(1);
        assertThat(q1("Rprec", run)).isEqualTo(0.5);
        assertThat(q1("bpref", run)).isZero(); // c, the only judged document without relevance, precedes both
        assertThat(q1("bpref", run("q1", "b", "x", "d", "c", "a"))).isEqualTo(0.5);
    }

    @Test
    void of_judgedQueryWithoutAnswerOrRelevantDocumentCountsAsZero() {
        RunScores scores = RunScores.of(qrels, run("q1", "a", "b"), Measure.DEFAULTS);

        assertThat(scores.queries()).containsExactly("q1", "q2", "q3");
        for (Measure measure : Measure.DEFAULTS) {
            assertThat(scores.values(measure)).as(measure.toString()).containsExactly(1, 0, 0);
            assertThat(scores.mean(measure)).isCloseTo(1 / 3.0, within(1e-12));
        }
    }

    @Test
    void of_negativeGradesAreNeitherRelevantNorJudgedAsNotRelevant() {
        Qrels negative = Qrels.builder().add("q1", "a", -1).add("q1", "b", -7).build();
        Qrels mixed = Qrels.builder().add("q1", "a", -7).add("q1", "b", 1).build();
        for (Measure measure : List.of(Measure.parse("nDCG@10"), Measure.parse("bpref"), Measure.parse("Rprec"))) {
            assertThat(RunScores.of(negative, run("q1", "a"), List.of(measure)).mean(measure))
                    .isZero();
        }
        Measure bpref = Measure.parse("bpref");
        assertThat(RunScores.of(mixed, run("q1", "a", "b"), List.of(bpref)).mean(bpref))
                .isEqualTo(1);
    }

    @Test
    void of_queryWithoutJudgementsIsIgnored() {
        assertThat(RunScores.of(qrels, run("q9", "a"), Measure.DEFAULTS).queries())
                .doesNotContain("q9");
    }

    @Test
    void of_respectsTheCutOffsAtTenAndHundred() {
        String[] ranking = new String[101];
        for (int i = 0; i < ranking.length; i++) {
            ranking[i] = "x" + i;
        }
        ranking[10] = "b";
        ranking[100] = "a";
        TrecRun run = run("q1", ranking);

        assertThat(q1("nDCG@10", run)).isZero();
        assertThat(q1("Recall@100", run)).isEqualTo(0.5);
        assertThat(q1("MAP", run)).isCloseTo((1 / 11.0 + 2 / 101.0) / 2, within(1e-12));
    }

    @Test
    void mean_withoutJudgementsIsZero() {
        RunScores scores = RunScores.of(Qrels.builder().build(), run("q1", "a"), Measure.DEFAULTS);
        Measure.DEFAULTS.forEach(measure -> assertThat(scores.mean(measure)).isZero());
    }

    @Test
    void values_ofAMeasureThatWasNotComputedIsRefused() {
        RunScores scores = RunScores.of(qrels, run("q1", "a"), Measure.DEFAULTS);
        assertThat(scores.measures()).isEqualTo(Measure.DEFAULTS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scores.values(Measure.parse("bpref")))
                .withMessage("measure bpref was not computed; computed were [nDCG@10, MAP, MRR, Recall@100]");
    }

    @Test
    void coverage_countsQueriesAndTheFirstTenAnswers() {
        String[] ranking = {"a", "x", "c", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "b"};
        assertThat(RunCoverage.of(qrels, run("q1", ranking))).isEqualTo(new RunCoverage(3, 1, 0, 0.2));
        assertThat(RunCoverage.of(qrels, run("q9", "a"))).isEqualTo(new RunCoverage(3, 0, 1, 0));
    }

    private double q1(String measure, TrecRun run) {
        Measure parsed = Measure.parse(measure);
        return RunScores.of(qrels, run, List.of(parsed)).values(parsed)[0];
    }

    private static TrecRun run(String query, String... documents) {
        return TrecRun.builder("test")
                .add(
                        query,
                        List.of(documents).stream().map(d -> new Scored(d, 0)).toList())
                .build();
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
