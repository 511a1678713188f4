package dev.geotherm.streaming.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.BatchSizeReason;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The predictive rule in virtual time: the figures are means of eight seeds. */
final class PredictiveSizerTest {
    private static final int SEEDS = 8;
    private static final int BATCHES = 3_000;
    private static final double TARGET_MILLIS = 10;
    private static final IntToDoubleFunction EQUAL_COSTS = number -> 1;

    static Stream<Arguments> workloads() {
        double[] mixed = new Random(5)
                .doubles(1 << 16)
                .map(number -> Math.pow(1_000, number))
                .toArray();
        IntToDoubleFunction mixedCosts = number -> mixed[number % mixed.length];
        return Stream.of(
                Arguments.of("flat", new SimulatedPipeline(1, batch -> 0.1, EQUAL_COSTS, 200)),
                Arguments.of(
                        "step", new SimulatedPipeline(1, batch -> batch / 1_000 == 1 ? 0.5 : 0.05, EQUAL_COSTS, 200)),
                Arguments.of("fixed cost", new SimulatedPipeline(4.9, batch -> 0.023, EQUAL_COSTS, 200)),
                Arguments.of(
                        "ramp", new SimulatedPipeline(1, batch -> 0.05 + 0.45 * batch / BATCHES, EQUAL_COSTS, 200)),
                Arguments.of("mixed costs", new SimulatedPipeline(1, batch -> 0.0015, mixedCosts, 200)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    void size_isNearlyThatOfAnOracle(String name, SimulatedPipeline pipeline) {
        double throughput = 0;
        double late = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedPipeline.Result result = pipeline.run(sizer(TARGET_MILLIS), TARGET_MILLIS, BATCHES, seed);
            SimulatedPipeline.Result oracle = pipeline.runOracle(TARGET_MILLIS, BATCHES, seed);
            throughput += result.costPerMilli() / oracle.costPerMilli() / SEEDS;
            late += result.late() / SEEDS;
        }

        assertThat(throughput).as("throughput relative to the oracle's").isGreaterThanOrEqualTo(0.93);
        assertThat(late).as("batches beyond the target").isLessThanOrEqualTo(0.01);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.7, 0.8, 0.95, 1, 1.2, 1.5, 2, 3, 4})
    void size_doesNotCollapseWhereTheFixedTimeAloneReachesTheTarget(double targets) {
        double target = 100;
        SimulatedPipeline pipeline = new SimulatedPipeline(targets * target, batch -> 0.05, EQUAL_COSTS, 200);
        double full = 200 / (targets * target + 200 * 0.05);
        double throughput = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            throughput += pipeline.run(sizer(target), target, 1_000, seed).costPerMilli() / full / SEEDS;
        }

        assertThat(throughput).as("throughput relative to full batches'").isGreaterThanOrEqualTo(0.88);
    }

    @Test
    void size_ofExpensiveFragmentsIsOne() {
        SimulatedPipeline pipeline = new SimulatedPipeline(1, batch -> 50, EQUAL_COSTS, 200);
        PredictiveSizer sizer = sizer(TARGET_MILLIS);

        assertThat(pipeline.run(sizer, TARGET_MILLIS, 200, 1).fragments()).isEqualTo(1);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.MINIMUM);
        assertThat(sizer.usualFragments()).isEqualTo(1);
    }

    @Test
    void reason_saysWhatDeterminesTheSize() {
        PredictiveSizer sizer = sizer(TARGET_MILLIS);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.INITIAL);
        assertThat(sizer.usualFragments()).isEqualTo(10);

        sizer.learn(10, 10, 1_000_000);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.GROWTH);
        assertThat(sizer.usualFragments()).isEqualTo(13);

        sizer.learn(13, 13, 40_000_000);
        sizer.learn(13, 13, 40_000_000);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.SHRINKING);

        for (int batch = 0; batch < 20; batch++) {
            int size = sizer.maxCost() >= sizer.usualFragments() ? sizer.usualFragments() : (int) sizer.maxCost();
            sizer.learn(size, size, 1_000_000 + 500_000L * size);
        }
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.TARGET_TIME);
        assertThat(sizer.fixedNanos()).isBetween(0.5e6, 1.5e6);
        assertThat(sizer.nanosPerCost()).isBetween(0.4e6, 0.6e6);
    }

    @Test
    void reconfigure_limitsTheSizeAtOnce() {
        PredictiveSizer sizer = sizer(TARGET_MILLIS);
        sizer.learn(10, 10, 1_000_000);

        sizer.reconfigure(new BatchBounds(4, 4, Double.POSITIVE_INFINITY, TARGET_MILLIS * 1e6));
        assertThat(sizer.maxFragments()).isEqualTo(4);
        assertThat(sizer.usualFragments()).isEqualTo(4);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.MAXIMUM);

        sizer.reconfigure(new BatchBounds(10, 200, 7, TARGET_MILLIS * 1e6));
        assertThat(sizer.maxCost()).isLessThanOrEqualTo(7);
    }

    @Test
    void learn_acceptsZeroCostAndZeroTime() {
        PredictiveSizer sizer = sizer(TARGET_MILLIS);
        for (int batch = 0; batch < 100; batch++) {
            sizer.learn(1, 0, 0);
        }

        assertThat(sizer.usualFragments()).isEqualTo(200);
        assertThat(sizer.maxCost()).isPositive().isFinite();
    }

    private static PredictiveSizer sizer(double targetMillis) {
        return new PredictiveSizer(new BatchBounds(10, 200, Double.POSITIVE_INFINITY, targetMillis * 1e6));
    }
}
