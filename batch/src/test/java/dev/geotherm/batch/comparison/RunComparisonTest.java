package dev.geotherm.batch.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.batch.measure.Qrels;
import dev.geotherm.batch.measure.TrecRun;
import dev.geotherm.batch.measure.TrecRun.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    private static final Measure MRR = Measure.parse("MRR");
    private static final double LEVEL = 0.05;

    @Test
    void of_comparesQueryByQuery() {
        Qrels qrels = judged(4);
        RunComparison comparison = RunComparison.of(
                qrels, run(Map.of(0, 1, 1, 2, 2, 4)), run(Map.of(0, 1, 1, 1, 2, 5, 3, 2)), List.of(MRR, MRR));

        assertThat(comparison.measures()).hasSize(1);
        MeasureComparison by = comparison.by(MRR);
        assertThat(by.baseline()).isCloseTo((1 + 0.5 + 0.25 + 0) / 4, within(1e-12));
        assertThat(by.candidate()).isCloseTo((1 + 1 + 0.2 + 0.5) / 4, within(1e-12));
        assertThat(by.change()).isCloseTo(0.95 / 4, within(1e-12));
        assertThat(List.of(by.better(), by.worse(), by.same())).containsExactly(2, 1, 1);
        assertThat(by.randomization()).isEqualTo(4 / 8.0);
        assertThat(by.interval().low()).isLessThan(by.change());
        assertThat(by.interval().high()).isGreaterThan(by.change());
        assertThat(comparison.changes(MRR)).extracting(QueryChange::query).containsExactly("q1", "q3", "q2");
        assertThat(comparison.changes(MRR).get(2).change()).isCloseTo(-0.05, within(1e-12));
    }

    @Test
    void of_equalRunsHaveNoChange() {
        TrecRun run = run(Map.of(0, 1, 1, 3));
        RunComparison comparison = RunComparison.of(judged(2), run, run, Measure.DEFAULTS);
        for (MeasureComparison by : comparison.measures()) {
            assertThat(by.change()).isZero();
            assertThat(by.same()).isEqualTo(2);
            assertThat(List.of(by.tTest(), by.randomization(), by.corrected())).containsOnly(1.0);
            assertThat(comparison.changes(by.measure())).isEmpty();
        }
    }

    /** Ranks 1 and 12 have the same average precision as ranks 2 and 3, 7/12, but not the same sum in floating point. */
    @Test
    void of_equalValuesByOtherSumsAreNoChange() {
        Measure map = Measure.parse("MAP");
        Qrels.Builder qrels = Qrels.builder();
        TrecRun.Builder one = TrecRun.builder("one");
        TrecRun.Builder other = TrecRun.builder("other");
        for (int query = 0; query < 20; query++) {
            qrels.add("q" + query, "a", 1).add("q" + query, "b", 1);
            one.add("q" + query, ranking(1, 12));
            other.add("q" + query, ranking(2, 3));
        }
        RunComparison comparison = RunComparison.of(qrels.build(), one.build(), other.build(), List.of(map));
        assertThat(comparison.by(map).same()).isEqualTo(20);
        assertThat(comparison.changes(map)).isEmpty();
        assertThat(QualityGate.parse("MAP drops").check(comparison, 1).reason()).isEqualTo("no change");
    }

    private static List<Scored> ranking(int a, int b) {
        List<Scored> ranking = new ArrayList<>();
        for (int rank = 1; rank <= 12; rank++) {
            ranking.add(new Scored(rank == a ? "a" : rank == b ? "b" : "x" + rank, -rank));
        }
        return ranking;
    }

    @Test
    void of_withoutJudgementsOrMeasuresIsRefused() {
        TrecRun run = run(Map.of(0, 1));
        assertThatThrownBy(() -> RunComparison.of(Qrels.builder().build(), run, run, Measure.DEFAULTS))
                .isInstanceOf(GeothermException.class);
        assertThatThrownBy(() -> RunComparison.of(judged(1), run, run, List.of()))
                .isInstanceOf(GeothermException.class);
        RunComparison comparison = RunComparison.of(judged(1), run, run, Measure.DEFAULTS);
        assertThatIllegalArgumentException().isThrownBy(() -> comparison.by(Measure.parse("bpref")));
    }

    @Test
    void check_noiseFailsAboutAsOftenAsTheLevelAllows() {
        Rates rates = simulated(200, 20);
        assertThat(rates.significant()).isBetween(0.01, 0.1);
        assertThat(rates.failed()).isBetween(0.0, 0.06);
    }

    @Test
    @Tag("full")
    void check_noiseFailsAsOftenAsTheLevelAllows() {
        Rates rates = simulated(1000, 50);
        assertThat(rates.significant()).isBetween(0.03, 0.07);
        assertThat(rates.failed()).isBetween(0.012, 0.04);
    }

    private record Rates(double significant, double failed) {}

    /** Two systems that are equally good differ by chance only: in one of twenty pairs significantly, in one of forty downwards. */
    private static Rates simulated(int pairs, int queries) {
        Random random = new Random(20261130);
        QualityGate gate = QualityGate.parse("MRR drops");
        Qrels judged = judged(queries);
        int significant = 0;
        int failed = 0;
        for (int pair = 0; pair < pairs; pair++) {
            RunComparison comparison =
                    RunComparison.of(judged, noisy(queries, 0, random), noisy(queries, 0, random), List.of(MRR));
            significant += comparison.by(MRR).isSignificant(LEVEL) ? 1 : 0;
            failed += gate.check(comparison, LEVEL).failed() ? 1 : 0;
        }
        return new Rates((double) significant / pairs, (double) failed / pairs);
    }

    @Test
    void check_plantedDropFails() {
        Random random = new Random(1);
        QualityGate gate = QualityGate.parse("MRR drops 0.02");
        for (int pair = 0; pair < 5; pair++) {
            RunComparison comparison =
                    RunComparison.of(judged(400), noisy(400, 0, random), noisy(400, 2, random), List.of(MRR));
            assertThat(gate.check(comparison, LEVEL).failed()).isTrue();
        }
    }

    /** Returns judgements with one relevant document for each query. */
    private static Qrels judged(int queries) {
        Qrels.Builder qrels = Qrels.builder();
        for (int query = 0; query < queries; query++) {
            qrels.add("q" + query, "right", 1);
        }
        return qrels.build();
    }

    private static TrecRun noisy(int queries, int worse, Random random) {
        TrecRun.Builder run = TrecRun.builder("noisy");
        for (int query = 0; query < queries; query++) {
            run.add("q" + query, ranking(1 + random.nextInt(6) + random.nextInt(1 + worse)));
        }
        return run.build();
    }

    /** Returns a run whose relevant document has a rank, by query. */
    private static TrecRun run(Map<Integer, Integer> ranks) {
        TrecRun.Builder run = TrecRun.builder("run");
        ranks.forEach((query, rank) -> run.add("q" + query, ranking(rank)));
        return run.build();
    }

    private static List<Scored> ranking(int rank) {
        List<Scored> ranking = new ArrayList<>();
        for (int i = 1; i < rank; i++) {
            ranking.add(new Scored("wrong" + i, 100 - i));
        }
        ranking.add(new Scored("right", 1));
        return ranking;
    }
}
