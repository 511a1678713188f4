package dev.geotherm.streaming;

import dev.geotherm.api.Problems;
import dev.geotherm.api.RateLimitSettings;
import dev.geotherm.api.Setting;
import java.time.Duration;

/**
 * The settings of {@link LanePipelines}. They apply to each pipeline separately: two pipelines have two queues of this
 * capacity.
 *
 * @param backpressure the settings of the queue
 * @param batches the settings of batches
 * @param retries the settings of retries
 * @param journaling the settings of the journal and of spilling
 * @param workers the number of batches that are processed concurrently; 0 for the number in the pipeline's specification
 * @param adaptiveWorkers whether fewer batches are processed concurrently after refusals and timeouts
 * @param keyOrder whether fragments with the same key are processed in order of acceptance
 * @param limit the rate limit of the batches
 * @param closeTimeout the time that closing gives to accepted fragments; may be 0
 */
public record LanePipelinesSettings(
        BackpressureSettings backpressure,

        BatchSettings batches,

        RetrySettings retries,

        JournalSettings journaling,

        @Setting(
                defaultValue = "0",
                description = "The number of batches of a pipeline that are processed concurrently; 0 for the number"
                        + " in the PipelineSpec.")
        int workers,

        @Setting(
                defaultValue = "false",
                description =
                        "Whether fewer batches are processed concurrently after refusals and timeouts, and again more"
                                + " after successes, up to the number of workers.")
        boolean adaptiveWorkers,

        @Setting(
                defaultValue = "true",
                description =
                        "Whether fragments with the same key are processed in order of acceptance, if the code that"
                                + " opens the pipeline defines keys.")
        boolean keyOrder,

        RateLimitSettings limit,

        @Setting(
                defaultValue = "30s",
                description = "The time that closing waits for accepted fragments to be processed.")
        Duration closeTimeout) {

    /** Checks every value. */
    public LanePipelinesSettings {
        new Problems()
                .require(workers >= 0, "workers", "must be at least 0, was %s", workers)
                .require(
                        !journaling.spill() || backpressure.whenCritical() == WhenCritical.WAIT,
                        "whenCritical",
                        "must be wait if spill is true, was refuse")
                .require(!closeTimeout.isNegative(), "closeTimeout", "must be at least 0, was %s", closeTimeout)
                .throwIfAny();
    }

    /** Creates settings without a journal, without a rate limit and with a constant number of workers. */
    public LanePipelinesSettings(
            BackpressureSettings backpressure,
            BatchSettings batches,
            RetrySettings retries,
            int workers,
            Duration closeTimeout) {
        this(
                backpressure,
                batches,
                retries,
                JournalSettings.NONE,
                workers,
                false,
                true,
                RateLimitSettings.NONE,
                closeTimeout);
    }
}
