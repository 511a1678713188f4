package dev.geotherm.streaming.sizing;

import dev.geotherm.api.streaming.BatchSizeReason;

/**
 * A sizer that predicts the time of a batch from its cost, and chooses the largest batch that ends within the target time with a
 * probability of about 99 %.
 *
 * <ul>
 *   <li>The prediction is a {@link TimeModel}.
 *   <li>The {@link Margin} between expected time and target is learned.
 *   <li>If the fixed part of the time significantly exceeds three quarters of the target less the margin, small batches waste
 *       most of the time, and may not even meet the target. Then the goal is twice the fixed part, so that half of the time is
 *       spent on fragments. Without this rule, the size would shrink to single fragments, although that saves no time.
 *   <li>The size grows by at most 30 % with each batch; if the batch was not full, only as far as the time per cost allows when
 *       all time is attributed to cost. It falls by at most half.
 *   <li>If batches have almost equal costs, one in sixteen is smaller, because the two parts of the time cannot be separated
 *       otherwise.
 * </ul>
 */
public final class PredictiveSizer implements BatchSizer {
    private static final double LARGEST_FIXED_SHARE = 0.75;
    private static final double STANDARD_ERRORS = 2;
    private static final double GROWTH = 1.3;
    private static final double SHRINKING = 0.5;
    private static final double FULL = 0.7;
    private static final double SMALL_VARIANCE = 0.01;
    private static final int SMALLER_EVERY = 16;
    private static final double SMALLER = 0.75;
    private static final double SMALLEST_COST = 1e-6;

    private final TimeModel model = new TimeModel();
    private final Margin margin = new Margin();
    private BatchBounds bounds;
    private BatchSizeReason reason = BatchSizeReason.INITIAL;
    private double size;
    private double costPerFragment = 1;
    private boolean fixedDominates;
    private int batches;

    /** Creates a sizer that has not learned anything. */
    public PredictiveSizer(BatchBounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public int maxFragments() {
        return batches == 0 ? bounds.initialFragments() : bounds.maxFragments();
    }

    @Override
    public double maxCost() {
        if (batches == 0) {
            return bounds.maxCost();
        }
        boolean smaller = batches % SMALLER_EVERY == 0 && model.relativeVariance() < SMALL_VARIANCE;
        return smaller ? SMALLER * size : size;
    }

    @Override
    public int usualFragments() {
        return batches == 0
                ? bounds.initialFragments()
                : (int) Math.max(1, Math.min(bounds.maxFragments(), size / costPerFragment + 1e-6));
    }

    @Override
    public BatchSizeReason reason() {
        return reason;
    }

    @Override
    public void learn(int fragments, double cost, long nanos) {
        double positiveCost = Math.max(cost, SMALLEST_COST);
        double taken = Math.max(1, nanos);
        double offered = maxCost();
        if (batches == 0) {
            costPerFragment = positiveCost / fragments;
            size = bounds.initialFragments() * costPerFragment;
        } else {
            costPerFragment += (positiveCost / fragments - costPerFragment) / SMALLER_EVERY;
            margin.learn(taken / model.nanos(positiveCost));
        }
        model.learn(positiveCost, taken);
        batches = batches == Integer.MAX_VALUE ? 1 : batches + 1;
        resize(cost + costPerFragment > offered || cost >= FULL * offered);
    }

    private void resize(boolean full) {
        double target = bounds.targetNanos() / margin.get();
        double fixed = model.fixedNanos();
        double error = STANDARD_ERRORS * model.fixedError();
        double excess = fixed - LARGEST_FIXED_SHARE * target;
        fixedDominates = fixedDominates ? excess > -error : excess > error;
        double forFragments = fixedDominates ? fixed : target - fixed;
        reason = fixedDominates ? BatchSizeReason.FIXED_TIME : BatchSizeReason.TARGET_TIME;
        size = bounded(inSteps(forFragments / Math.max(model.nanosPerCost(), Double.MIN_NORMAL), growth(full, target)));
    }

    private double growth(boolean full, double target) {
        double most = GROWTH * size;
        return full ? most : Math.max(size, Math.min(most, target / model.proportionalNanosPerCost()));
    }

    private double inSteps(double fitting, double largest) {
        if (fitting > largest) {
            reason = fixedDominates ? reason : BatchSizeReason.GROWTH;
            return largest;
        } else if (fitting < SHRINKING * size) {
            reason = BatchSizeReason.SHRINKING;
            return SHRINKING * size;
        }
        return fitting;
    }

    private double bounded(double next) {
        double largest = Math.min(bounds.maxCost(), bounds.maxFragments() * costPerFragment);
        if (next >= largest) {
            reason = BatchSizeReason.MAXIMUM;
            return largest;
        } else if (next <= costPerFragment) {
            reason = BatchSizeReason.MINIMUM;
            return costPerFragment;
        }
        return next;
    }

    @Override
    public void reconfigure(BatchBounds newBounds) {
        bounds = newBounds;
        if (batches > 0) {
            resize(false);
        }
    }

    @Override
    public double fixedNanos() {
        return model.isEmpty() ? 0 : model.fixedNanos();
    }

    @Override
    public double nanosPerCost() {
        return model.isEmpty() ? 0 : model.nanosPerCost();
    }
}
