package dev.geotherm.streaming;

import dev.geotherm.api.Settings;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.streaming.sizing.BatchBounds;
import dev.geotherm.streaming.sizing.BatchSizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A pipeline in virtual time with one worker, whose processor becomes ten times as slow for a third of the time. A producer offers
 * fragments at a constant rate and waits while the queue is full.
 */
final class SpeedChange {
    static final double SECONDS = 60;
    static final double SLOW_FROM = 20;
    static final double SLOW_UNTIL = 40;
    static final double GOAL_MILLIS = 100;
    static final double OFFERED_PER_SECOND = 800;
    static final int CAPACITY = 500;
    static final int MOST_FRAGMENTS = 100;

    private static final double FIXED_MILLIS = 1;
    private static final double MILLIS_PER_FRAGMENT = 1;
    private static final double SLOWER = 10;

    /**
     * A batch.
     *
     * @param second when it ended
     * @param fragments its size
     * @param millis how long it took
     * @param level the level when it ended
     */
    record Sample(double second, int fragments, double millis, BackpressureLevel level) {}

    private SpeedChange() {}

    static List<Sample> run(BatchSizing rule, long seed) {
        BatchSizer sizer = rule.sizer(new BatchBounds(10, MOST_FRAGMENTS, Double.POSITIVE_INFINITY, GOAL_MILLIS * 1e6));
        BackpressurePolicy policy = new BackpressurePolicy(Settings.of(
                BackpressureSettings.class, Map.of("capacity", String.valueOf(CAPACITY), "capacityBytes", "0")));
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        BackpressureLevel level = BackpressureLevel.NONE;
        double second = 0;
        double waiting = 0;
        while (second < SECONDS) {
            double idle = Math.max(0, 1 - waiting) / OFFERED_PER_SECOND;
            second += idle;
            waiting = Math.max(1, waiting);
            int most = (int) Math.max(1, Math.min(sizer.maxFragments(), sizer.maxCost()));
            int taken = (int) Math.min(most, waiting);
            double slowness = second >= SLOW_FROM && second < SLOW_UNTIL ? SLOWER : 1;
            double millis = slowness * (FIXED_MILLIS + MILLIS_PER_FRAGMENT * taken) * noise(random);
            second += millis / 1e3;
            waiting = Math.min(CAPACITY, waiting - taken + OFFERED_PER_SECOND * millis / 1e3);
            level = policy.level(level, (int) waiting, 0, 0, 0);
            sizer.learn(taken, taken, (long) (millis * 1e6));
            samples.add(new Sample(second, taken, millis, level));
        }
        return samples;
    }

    private static double noise(Random random) {
        return StrictMath.exp(0.08 * random.nextGaussian());
    }
}
