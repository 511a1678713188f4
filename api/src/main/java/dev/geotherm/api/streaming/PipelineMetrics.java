package dev.geotherm.api.streaming;

import static dev.geotherm.api.metrics.MetricType.COUNTER;
import static dev.geotherm.api.metrics.MetricType.DISTRIBUTION;
import static dev.geotherm.api.metrics.MetricType.GAUGE;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Metric;
import java.time.Duration;

/**
 * The metrics of one pipeline.
 *
 * <p>While no thread is inside a method of the pipeline and no worker is busy, {@code accepted} is the sum of {@code processed},
 * {@code dead}, {@code expired}, {@code journal.handedBack} and {@code queued}.
 *
 * @param accepted fragments accepted
 * @param refused fragments that were refused when they were offered or put, except by a pipeline that closed meanwhile
 * @param processed fragments processed
 * @param unchanged processed fragments that had no effect
 * @param dead fragments that became dead letters
 * @param expired fragments whose deadline passed while they waited
 * @param duplicates fragments that were dropped as duplicates; they do not count as accepted
 * @param retried fragments put back into the queue for another attempt
 * @param batches batches that ended
 * @param timeouts batches that exceeded the batch timeout
 * @param outages how often the pipeline began to hold its fragments, because what its processor depends on was unavailable
 * @param queued fragments waiting in the queue
 * @param queuedBytes the bytes of the fragments waiting in the queue
 * @param inFlight fragments in a batch that is being processed
 * @param stuckWorkers workers in a batch that has exceeded its timeout and whose processor does not return; each is replaced, but
 *     at most as many as the settings have workers
 * @param workers workers that process batches or wait for fragments, except replacements of stuck ones
 * @param workersReason the reason for the last change of their number, where it is adaptive
 * @param capacity how many fragments can wait
 * @param batchSize the maximum size of the next batch, at the usual cost of a fragment
 * @param batchSizeReason the reason for that size
 * @param fixedTime the expected time of a batch apart from the cost of its fragments; 0 if the sizing rule does not use it
 * @param timePerCost the expected time that a unit of cost adds to a batch, in seconds; 0 if the sizing rule does not use it
 * @param state the current state
 * @param level the current backpressure level
 * @param highestLevel the highest backpressure level so far
 * @param levelSignal the highest signal when the level changed last
 * @param levelSignalFraction the value of that signal at that time, as a fraction of its limit
 * @param predictedSojourn the time until the batch of a new fragment is expected to start, if every waiting fragment is taken
 *     first; 0 until a batch has ended
 * @param oldestAge how long the oldest waiting fragment has been in the queue, since its acceptance or its last retry
 * @param unavailableTime the total time for which the pipeline has held its fragments
 * @param putTime the total time that producers have waited for room
 * @param busy the total time that workers have spent in batches
 * @param running the time since the pipeline was opened, or until it was closed
 * @param batchTime the duration of batches
 * @param queueWait the time from when a fragment enters the queue, initially or for a retry, to the start of its batch; it
 *     continues for fragments that are put back because their batch failed as a whole
 * @param journal the metrics of what is kept on disk
 */
public record PipelineMetrics(
        @Metric(type = COUNTER, unit = "fragments", description = "Fragments accepted")
        long accepted,

        @Metric(type = COUNTER, unit = "fragments", description = "Fragments refused")
        long refused,

        @Metric(type = COUNTER, unit = "fragments", description = "Fragments processed")
        long processed,

        @Metric(type = COUNTER, unit = "fragments", description = "Fragments processed without an effect")
        long unchanged,

        @Metric(type = COUNTER, unit = "fragments", description = "Fragments that became dead letters")
        long dead,

        @Metric(type = COUNTER, unit = "fragments", description = "Fragments whose deadline passed while they waited")
        long expired,

        @Metric(type = COUNTER, unit = "fragments", description = "Fragments dropped as duplicates")
        long duplicates,

        @Metric(type = COUNTER, unit = "fragments", description = "Fragments queued for another attempt")
        long retried,

        @Metric(type = COUNTER, unit = "batches", description = "Batches that ended")
        long batches,

        @Metric(type = COUNTER, unit = "batches", description = "Batches that exceeded the batch timeout")
        long timeouts,

        @Metric(type = COUNTER, unit = "outages", description = "Outages of what the processor depends on")
        long outages,

        @Metric(type = GAUGE, unit = "fragments", description = "Fragments waiting in the queue")
        int queued,

        @Metric(type = GAUGE, unit = "bytes", description = "Size of the fragments waiting in the queue")
        long queuedBytes,

        @Metric(type = GAUGE, unit = "fragments", description = "Fragments being processed")
        int inFlight,

        @Metric(type = GAUGE, unit = "workers", description = "Workers whose processor does not return")
        int stuckWorkers,

        @Metric(type = GAUGE, unit = "workers", description = "Batches that may be processed concurrently")
        int workers,

        @Metric(type = GAUGE, description = "Reason for the last change of the number of workers")
        WorkersReason workersReason,

        @Metric(type = GAUGE, unit = "fragments", description = "Capacity of the queue")
        int capacity,

        @Metric(type = GAUGE, unit = "fragments", description = "Maximum size of the next batch")
        int batchSize,

        @Metric(type = GAUGE, description = "Reason for the maximum size of the next batch")
        BatchSizeReason batchSizeReason,

        @Metric(type = GAUGE, unit = "seconds", description = "Expected time of a batch apart from its fragments")
        Duration fixedTime,

        @Metric(type = GAUGE, unit = "seconds", description = "Expected time that a unit of cost adds to a batch")
        double timePerCost,

        @Metric(type = GAUGE, description = "State of the pipeline")
        PipelineState state,

        @Metric(type = GAUGE, description = "Backpressure level")
        BackpressureLevel level,

        @Metric(type = GAUGE, description = "Highest backpressure level so far")
        BackpressureLevel highestLevel,

        @Metric(type = GAUGE, description = "Highest signal when the backpressure level changed last")
        BackpressureLevel.Signal levelSignal,

        @Metric(
                type = GAUGE,
                unit = "limits",
                description = "Value of that signal at that time, as a fraction of its limit")
        double levelSignalFraction,

        @Metric(type = GAUGE, unit = "seconds", description = "Expected time of a new fragment in the queue")
        Duration predictedSojourn,

        @Metric(type = GAUGE, unit = "seconds", description = "Age of the oldest fragment in the queue")
        Duration oldestAge,

        @Metric(type = COUNTER, unit = "seconds", description = "Time in which fragments were held in outages")
        Duration unavailableTime,

        @Metric(type = COUNTER, unit = "seconds", description = "Time that producers waited for room")
        Duration putTime,

        @Metric(type = COUNTER, unit = "seconds", description = "Time that workers spent in batches")
        Duration busy,

        @Metric(type = COUNTER, unit = "seconds", description = "Time that the pipeline was open")
        Duration running,

        @Metric(type = DISTRIBUTION, unit = "seconds", description = "Duration of batches")
        Distribution batchTime,

        @Metric(type = DISTRIBUTION, unit = "seconds", description = "Time that fragments waited in the queue")
        Distribution queueWait,

        Journal journal) {

    /**
     * The metrics of what a pipeline keeps on disk.
     *
     * @param spilled fragments that waited on disk, because there was no room in memory
     * @param recovered fragments of an earlier process that were found on disk; they count as accepted, too
     * @param handedBack fragments that were left on disk when the pipeline closed
     * @param waiting fragments that wait on disk only; they count as queued, too
     * @param bytes the size of the files
     */
    public record Journal(
            @Metric(type = COUNTER, unit = "fragments", description = "Fragments that waited on disk only")
            long spilled,

            @Metric(type = COUNTER, unit = "fragments", description = "Fragments of an earlier process found on disk")
            long recovered,

            @Metric(type = COUNTER, unit = "fragments", description = "Fragments left on disk when the pipeline closed")
            long handedBack,

            @Metric(type = GAUGE, unit = "fragments", description = "Fragments that wait on disk only")
            int waiting,

            @Metric(type = GAUGE, unit = "bytes", description = "Size of the journal on disk")
            long bytes) {}

    /** Returns the processed fragments per second of running; 0 during the first millisecond. */
    public double perSecond() {
        long millis = running.toMillis();
        return millis == 0 ? 0 : processed * 1000.0 / millis;
    }
}
