package dev.geotherm.batch.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.batch.measure.RankingMeasures.Values;
import dev.geotherm.batch.measure.TrecRun.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingMeasuresTest {
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
        RankingMeasures measures = RankingMeasures.of(qrels, run("q1", "c", "b", "x", "a"));

        double ideal = 2 + 1 / log2(3);
        Values q1 = measures.queries().get("q1");
        assertThat(q1.ndcgAt10()).isCloseTo((1 / log2(3) + 2 / log2(5)) / ideal, within(1e-12));
        assertThat(q1.averagePrecision()).isCloseTo((1 / 2.0 + 2 / 4.0) / 2, within(1e-12));
        assertThat(q1.reciprocalRank()).isEqualTo(0.5);
        assertThat(q1.recallAt100()).isEqualTo(1);
    }

    @Test
    void of_judgedQueryWithoutAnswerOrRelevantDocumentCountsAsZero() {
        RankingMeasures measures = RankingMeasures.of(qrels, run("q1", "a", "b"));

        assertThat(measures.queries().keySet()).containsExactly("q1", "q2", "q3");
        assertThat(measures.queries().get("q2")).isEqualTo(new Values(0, 0, 0, 0));
        assertThat(measures.queries().get("q3")).isEqualTo(new Values(0, 0, 0, 0));
        assertThat(measures.queries().get("q1")).isEqualTo(new Values(1, 1, 1, 1));
        assertThat(measures.mean().averagePrecision()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void of_onlyNegativeGradesCountAsZero() {
        Qrels negative = Qrels.builder().add("q1", "a", -1).build();
        assertThat(RankingMeasures.of(negative, run("q1", "a")).mean()).isEqualTo(new Values(0, 0, 0, 0));
    }

    @Test
    void of_queryWithoutJudgementsIsIgnored() {
        assertThat(RankingMeasures.of(qrels, run("q9", "a")).queries()).doesNotContainKey("q9");
    }

    @Test
    void of_respectsTheCutOffsAtTenAndHundred() {
        String[] ranking = new String[101];
        for (int i = 0; i < ranking.length; i++) {
            ranking[i] = "x" + i;
        }
        ranking[10] = "b";
        ranking[100] = "a";
        Values q1 = RankingMeasures.of(qrels, run("q1", ranking)).queries().get("q1");

        assertThat(q1.ndcgAt10()).isZero();
        assertThat(q1.recallAt100()).isEqualTo(0.5);
        assertThat(q1.averagePrecision()).isCloseTo((1 / 11.0 + 2 / 101.0) / 2, within(1e-12));
    }

    @Test
    void of_meanWithoutJudgementsIsZero() {
        assertThat(RankingMeasures.of(Qrels.builder().build(), run("q1", "a")).mean())
                .isEqualTo(new Values(0, 0, 0, 0));
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
