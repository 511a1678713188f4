package dev.geotherm.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class WorkerTunerTest {

    @Test
    void onBatch_climbsToTheNumberBeyondWhichThroughputIsConstant() {
        List<Integer> workers = simulate(64, 400, w -> Math.min(w, 16));

        assertThat(mostOften(workers)).isBetween(10, 20);
    }

    @Test
    void onBatch_stopsAtTheMaximum() {
        List<Integer> workers = simulate(8, 400, w -> w);

        assertThat(workers).allSatisfy(w -> assertThat(w).isBetween(1, 8));
        assertThat(mostOften(workers)).isEqualTo(8);
    }

    @Test
    void onBatch_staysAtOneIfWorkersSlowEachOtherDown() {
        assertThat(mostOften(simulate(64, 400, w -> 1.0 / w))).isEqualTo(1);
    }

    @Test
    void onBatch_stepsDownWhenTheThroughputDrops() {
        WorkerTuner tuner = new WorkerTuner(32, 0);
        long now = run(tuner, 0, 200, w -> w, new ArrayList<>());
        assertThat(tuner.workers()).isGreaterThan(16);

        List<Integer> after = new ArrayList<>();
        run(tuner, now, 4_000, w -> Math.min(w, 2), after);

        assertThat(after.subList(after.size() - 100, after.size())).allMatch(w -> w <= 8);
    }

    @Test
    void onBatch_maximumOfOneIsKept() {
        assertThat(simulate(1, 100, w -> w)).containsOnly(1);
    }

    private static List<Integer> simulate(int max, int windows, IntToDoubleFunction throughput) {
        List<Integer> workers = new ArrayList<>();
        run(new WorkerTuner(max, 0), 0, windows, throughput, workers);
        return workers;
    }

    /** Runs batches of ten items at a throughput given in items per millisecond. */
    private static long run(
            WorkerTuner tuner, long start, int windows, IntToDoubleFunction throughput, List<Integer> seen) {
        double now = start;
        double end = start + windows * 50e6;
        while (now < end) {
            now += 10 / throughput.applyAsDouble(tuner.workers()) * 1e6;
            seen.add(tuner.onBatch(10, (long) now));
        }
        return (long) now;
    }

    private static int mostOften(List<Integer> workers) {
        List<Integer> late = workers.subList(workers.size() / 2, workers.size());
        Map<Integer, Long> counts = late.stream().collect(Collectors.groupingBy(w -> w, Collectors.counting()));
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
}
