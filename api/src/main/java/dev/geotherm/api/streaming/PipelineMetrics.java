package dev.geotherm.api.streaming;

import java.time.Duration;

/**
 * What one pipeline has done since it was opened.
 *
 * <p>Whenever nobody is inside a method of the pipeline and no worker is busy: {@code accepted} is the sum of
 * {@code processed}, {@code dead} and {@code queued}.
 *
 * @param accepted fragments that were accepted
 * @param refused offers that were refused
 * @param processed fragments that ended as processed
 * @param dead fragments that ended as dead letters
 * @param retried how often a fragment was put back for another try
 * @param batches batches that ended
 * @param timeouts batches that took longer than the batch timeout
 * @param queued fragments that wait now
 * @param inFlight fragments that are in a batch now
 * @param capacity how many fragments can wait
 * @param batchSize how many fragments the next batch may have
 * @param level the backpressure level now
 * @param highestLevel the highest level there was
 * @param putTime the time that producers spent waiting for room, all together
 * @param busy the time that workers spent processing, all together
 * @param running the time since the pipeline was opened, until it was closed
 */
public record PipelineMetrics(
        long accepted,
        long refused,
        long processed,
        long dead,
        long retried,
        long batches,
        long timeouts,
        int queued,
        int inFlight,
        int capacity,
        int batchSize,
        BackpressureLevel level,
        BackpressureLevel highestLevel,
        Duration putTime,
        Duration busy,
        Duration running) {

    /** Returns processed fragments by second of running; 0 before the first millisecond has passed. */
    public double perSecond() {
        long millis = running.toMillis();
        return millis == 0 ? 0 : processed * 1000.0 / millis;
    }
}
