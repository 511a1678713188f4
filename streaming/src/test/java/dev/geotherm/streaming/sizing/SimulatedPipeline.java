package dev.geotherm.streaming.sizing;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

/**
 * A saturated pipeline in virtual time. Its batches take {@code fixed + perCost * cost} times a noise of 8 %, and one in 200 takes four
 * times as long.
 *
 * @param fixedMillis the fixed part of the time of each batch
 * @param millisPerCost the time per cost by the number of the batch
 * @param costs the cost of each fragment by its number
 * @param maxFragments the most fragments in a batch
 */
record SimulatedPipeline(
        double fixedMillis, IntToDoubleFunction millisPerCost, IntToDoubleFunction costs, int maxFragments) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** The noise that 99 % of the batches do not exceed. */
    private static final double QUANTILE = quantile();

    /** A rule for the cost of the next batch. */
    private interface Rule {
        double maxCost(int batch);
    }

    /**
     * The result of a run.
     *
     * @param costPerMilli the throughput
     * @param late the part of the batches that exceeded the target time
     * @param fragments the fragments in the last batch
     */
    record Result(double costPerMilli, double late, int fragments) {}

    /** Runs a sizer. */
    Result run(BatchSizer sizer, double targetMillis, int batches, long seed) {
        return run(batch -> sizer.maxCost(), sizer, targetMillis, batches, seed);
    }

    /** Runs an oracle, which knows the coefficients and lets exactly 1 % of the batches exceed the target time. */
    Result runOracle(double targetMillis, int batches, long seed) {
        return run(
                batch -> (targetMillis / QUANTILE - fixedMillis) / millisPerCost.applyAsDouble(batch),
                new FixedSizer(new BatchBounds(1, maxFragments, Double.POSITIVE_INFINITY, 1)),
                targetMillis,
                batches,
                seed);
    }

    private Result run(Rule rule, BatchSizer sizer, double targetMillis, int batches, long seed) {
        Random random = new Random(seed);
        double millis = 0;
        double work = 0;
        int late = 0;
        int next = 0;
        int fragments = 0;
        for (int batch = 0; batch < batches; batch++) {
            double cost = costs.applyAsDouble(next++);
            fragments = 1;
            while (fragments < sizer.maxFragments() && cost + costs.applyAsDouble(next) <= rule.maxCost(batch)) {
                cost += costs.applyAsDouble(next++);
                fragments++;
            }
            double took = (fixedMillis + millisPerCost.applyAsDouble(batch) * cost) * noise(random);
            sizer.learn(fragments, cost, (long) (took * NANOS_PER_MILLI));
            millis += took;
            work += cost;
            late += took > targetMillis ? 1 : 0;
        }
        return new Result(work / millis, (double) late / batches, fragments);
    }

    private static double noise(Random random) {
        double noise = Math.exp(0.08 * random.nextGaussian());
        return random.nextDouble() < 0.005 ? 4 * noise : noise;
    }

    private static double quantile() {
        Random random = new Random(7);
        double[] sorted = random.doubles(100_000).map(ignored -> noise(random)).toArray();
        Arrays.sort(sorted);
        return sorted[(int) (0.99 * sorted.length)];
    }
}
