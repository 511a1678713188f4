package dev.geotherm.batch.comparison;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Two-sided tests of the hypothesis that the paired differences between two runs have a mean of 0. */
final class PairedTest {
    /** Up to this number of differences, all combinations of signs are tried. */
    private static final int EXACT = 14;

    /** A multiple of 8, because one random long provides the signs of eight samples. */
    private static final int SAMPLES = 20_000;

    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final double ROUNDING = 1e-12;

    private PairedTest() {}

    /** Returns the p-value of the paired t-test; 1 without differences. */
    static double t(double[] differences) {
        if (differences.length < 2) {
            return 1;
        }
        double mean = Arrays.stream(differences).average().orElse(0);
        double error = Interval.standardError(differences, mean);
        if (error <= ROUNDING * Math.abs(mean)) {
            return mean == 0 ? 1 : 0; // all are equal
        }
        return new StudentT(differences.length - 1).tails(mean / error);
    }

    /**
     * Returns the p-value of Fisher's randomisation test: the probability of a mean at least as far from 0 if each
     * difference has a random sign. The value is exact for few differences, and otherwise estimated from 20,000 samples with
     * a fixed seed. See Smucker, Allan, Carterette: "A Comparison of Statistical Significance Tests for Information
     * Retrieval Evaluation", CIKM 2007.
     */
    static double randomization(double[] differences) {
        double[] changed =
                Arrays.stream(differences).filter(value -> value != 0).toArray();
        double observed = Math.abs(Arrays.stream(changed).sum());
        double least =
                observed - ROUNDING * Arrays.stream(changed).map(Math::abs).sum();
        if (changed.length <= EXACT) {
            int all = 1 << changed.length;
            int extreme = 0;
            for (int signs = 0; signs < all; signs++) {
                extreme += Math.abs(signed(changed, 0, EXACT, signs)) >= least ? 1 : 0;
            }
            return (double) extreme / all;
        }
        int extreme = 1; // the observed signs
        for (double sum : sumsWithRandomSigns(changed)) {
            extreme += Math.abs(sum) >= least ? 1 : 0;
        }
        return (double) extreme / (SAMPLES + 1);
    }

    /**
     * Returns the sums of the samples. For each group of eight values, the sums of all 256 combinations of signs are
     * computed once.
     */
    private static double[] sumsWithRandomSigns(double[] values) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] sums = new double[SAMPLES];
        double[] ofSigns = new double[1 << Byte.SIZE];
        for (int from = 0; from < values.length; from += Byte.SIZE) {
            for (int signs = 0; signs < ofSigns.length; signs++) {
                ofSigns[signs] = signed(values, from, Byte.SIZE, signs);
            }
            for (int sample = 0; sample < SAMPLES; sample += Long.BYTES) {
                long signs = random.nextLong();
                for (int i = 0; i < Long.BYTES; i++) {
                    sums[sample + i] += ofSigns[(int) signs & 0xff];
                    signs >>>= Byte.SIZE;
                }
            }
        }
        return sums;
    }

    /** Returns the sum of the values of a block, each with the sign of its bit. */
    private static double signed(double[] values, int from, int length, int signs) {
        double sum = 0;
        int end = Math.min(values.length, from + length);
        int rest = signs;
        for (int i = from; i < end; i++) {
            sum += (rest & 1) == 0 ? values[i] : -values[i];
            rest >>>= 1;
        }
        return sum;
    }

    /** Returns the p-values in the same order, corrected for their number by Holm's method. */
    static double[] holm(double[] values) {
        Integer[] ascending = new Integer[values.length];
        Arrays.setAll(ascending, i -> i);
        Arrays.sort(ascending, (left, right) -> Double.compare(values[left], values[right]));
        double[] corrected = new double[values.length];
        double highest = 0;
        for (int i = 0; i < ascending.length; i++) {
            highest = Math.max(highest, Math.min(1, values[ascending[i]] * (values.length - i)));
            corrected[ascending[i]] = highest;
        }
        return corrected;
    }
}
