package dev.geotherm.batch.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.batch.measure.Qrels;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.batch.measure.TrecRun.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityGateTest {
    private static final List<Measure> MRR = List.of(Measure.parse("MRR"));

    @ParameterizedTest
    @CsvSource({
        "nDCG@10 drops, nDCG@10 drops",
        "ndcg_cut_10 drops 0.01, nDCG@10 drops 0.01",
        "MAP DROPS by .02, MAP drops 0.02",
        "MAP drops 2%, MAP drops 2 %",
        "Recall@100 below 0.9, Recall@100 below 0.9",
        "MRR < 0.5, MRR below 0.5",
        "MRR drops 1e-4, MRR drops 0.0001",
        "MRR drops 0.00001%, MRR drops 0.00001 %"
    })
    void parse_takesEveryForm(String text, String written) {
        assertThat(QualityGate.parse(text)).hasToString(written);
        assertThat(QualityGate.parse(written)).isEqualTo(QualityGate.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nDCG@10 rises|condition 'nDCG@10 rises' is not known; expected 'MEASURE drops'",
                "nDCG@10|condition 'nDCG@10' is not known",
                "MAP drops 1.2.3|condition 'MAP drops 1.2.3' is not known",
                "MAP drops 2|a condition on MAP: the amount must be from 0 to 1, or from 0 % to 100 %, was 2.0",
                "F1 drops|measure 'F1' is not known"
            })
    void parse_otherFormIsRefusedWithTheExpectedForms(String text, String message) {
        assertThatThrownBy(() -> QualityGate.parse(text))
                .isInstanceOf(GeothermException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MRR drops|20|true|dropped by 0.5000 (50.0 %) (p < 0.0001)",
                "MRR drops 0.5|20|true|dropped by 0.5000 (50.0 %) (p < 0.0001)",
                "MRR drops 0.51|20|false|dropped by 0.5000 (50.0 %), within the tolerance",
                "MRR drops 50%|20|true|dropped by 0.5000 (50.0 %) (p < 0.0001)",
                "MRR drops 51%|20|false|dropped by 0.5000 (50.0 %), within the tolerance",
                "MRR drops|3|false|dropped by 0.5000 (50.0 %), not significant (p = 0.250)",
                "MRR below 0.5|3|false|the mean is 0.5000",
                "MRR below 0.51|3|true|the mean is 0.5000"
            })
    void check_failsIfTheConditionHolds(String condition, int queries, boolean failed, String reason) {
        RunComparison comparison = RunComparison.of(judged(queries), run(queries, true), run(queries, false), MRR);
        QualityGate.Verdict verdict = QualityGate.parse(condition).check(comparison, 0.05);
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.failed()).isEqualTo(failed);
    }

    @Test
    void check_everyDropIsSignificantAtLevelOne() {
        RunComparison comparison = RunComparison.of(judged(1), run(1, true), run(1, false), MRR);
        assertThat(QualityGate.parse("MRR drops 0.1").check(comparison, 1).failed())
                .isTrue();
    }

    @Test
    void check_riseAndNoChangePass() {
        RunComparison better = RunComparison.of(judged(20), run(20, false), run(20, true), MRR);
        assertThat(QualityGate.parse("MRR drops").check(better, 0.05).reason()).isEqualTo("rose by 0.5000");
        RunComparison same = RunComparison.of(judged(20), run(20, true), run(20, true), MRR);
        assertThat(QualityGate.parse("MRR drops 0").check(same, 1))
                .matches(verdict -> !verdict.failed())
                .extracting(QualityGate.Verdict::reason)
                .isEqualTo("no change");
    }

    /** With seven queries, p is 1/64; corrected for the four measures of the table, it would be above 0.05. */
    @Test
    void check_dependsOnTheMeasuresOfTheConditionsOnly() {
        RunComparison all = RunComparison.of(judged(7), run(7, true), run(7, false), Measure.DEFAULTS);
        assertThat(all.by(Measure.parse("MRR")).isSignificant(0.05)).isFalse();
        QualityGate drops = QualityGate.parse("MRR drops");
        assertThat(drops.check(all, 0.05).failed()).isTrue();
        List<QualityGate> two =
                List.of(drops, QualityGate.parse("MAP drops 0.1"), QualityGate.parse("nDCG@10 below 0.1"));
        assertThat(QualityGate.check(two, all, 0.05))
                .extracting(QualityGate.Verdict::reason)
                .containsExactly(
                        "dropped by 0.5000 (50.0 %) (p = 0.0313)",
                        "dropped by 0.5000 (50.0 %) (p = 0.0313)", "the mean is 0.6309");
    }

    private static Qrels judged(int queries) {
        Qrels.Builder qrels = Qrels.builder();
        for (int query = 0; query < queries; query++) {
            qrels.add("q" + query, "right", 1);
        }
        return qrels.build();
    }

    private static TrecRun run(int queries, boolean right) {
        TrecRun.Builder run = TrecRun.builder("run");
        for (int query = 0; query < queries; query++) {
            run.add(
                    "q" + query,
                    right
                            ? List.of(new Scored("right", 2), new Scored("wrong", 1))
                            : List.of(new Scored("wrong", 2), new Scored("right", 1)));
        }
        return run.build();
    }
}
