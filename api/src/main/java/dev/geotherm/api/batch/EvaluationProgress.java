package dev.geotherm.api.batch;

import java.time.Duration;
import java.util.Optional;

/**
 * The progress of a job.
 *
 * @param total items in the corpus
 * @param done items with an outcome, including those from a checkpoint
 * @param failed how many of the done items failed
 * @param resumed how many of the done items came from a checkpoint
 * @param elapsed the time since the job was started or resumed
 */
public record EvaluationProgress(int total, int done, int failed, int resumed, Duration elapsed) {

    /** Returns the fraction of items that are done, from 0 to 1; 1 for an empty corpus. */
    public double fraction() {
        return total == 0 ? 1 : (double) done / total;
    }

    /**
     * Returns the number of items evaluated per second, not counting those from a checkpoint; 0 in the first
     * millisecond.
     */
    public double perSecond() {
        long millis = elapsed.toMillis();
        return millis == 0 ? 0 : (done - resumed) * 1000.0 / millis;
    }

    /** Returns the estimated remaining time at the current rate, or empty while the rate is 0. */
    public Optional<Duration> remaining() {
        double rate = perSecond();
        return rate == 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) ((total - done) * 1000 / rate)));
    }
}
