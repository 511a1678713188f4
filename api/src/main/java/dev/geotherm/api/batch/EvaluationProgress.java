package dev.geotherm.api.batch;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a job is.
 *
 * @param total items in the corpus
 * @param done items that have an outcome, those from a checkpoint included
 * @param failed how many of these failed
 * @param resumed how many of these came from a checkpoint
 * @param elapsed the time since this start of the job
 */
public record EvaluationProgress(int total, int done, int failed, int resumed, Duration elapsed) {

    /** Returns the part that is done, 0 to 1; an empty corpus is done. */
    public double fraction() {
        return total == 0 ? 1 : (double) done / total;
    }

    /** Returns items by second since this start, those from a checkpoint not counted; 0 in the first millisecond. */
    public double perSecond() {
        long millis = elapsed.toMillis();
        return millis == 0 ? 0 : (done - resumed) * 1000.0 / millis;
    }

    /** Returns the time until the end at the pace so far, or nothing while there is no pace. */
    public Optional<Duration> remaining() {
        double pace = perSecond();
        return pace == 0 ? Optional.empty() : Optional.of(Duration.ofMillis((long) ((total - done) * 1000 / pace)));
    }
}
