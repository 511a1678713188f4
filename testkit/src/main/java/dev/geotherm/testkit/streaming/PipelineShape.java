package dev.geotherm.testkit.streaming;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The properties of a pipeline that a clause needs; a subclass of the contract translates them into its settings. An implementation
 * ignores those of capabilities that it does not have. Immutable.
 */
public final class PipelineShape {
    /** A queue of 100, batches of up to 10, one worker, and times that do not matter. */
    static final PipelineShape DEFAULT = new PipelineShape();

    private int capacity = 100;
    private long capacityBytes = 0;
    private double highWatermark = 0.8;
    private int initialBatch = 10;
    private int maxBatch = 10;
    private long maxBatchCost = 0;
    private Duration targetBatchTime = Duration.ofHours(1);
    private Duration linger = Duration.ZERO;
    private Duration batchTimeout = Duration.ofMinutes(10);
    private int maxRetries = 3;
    private int workers = 1;
    private Duration closeTimeout = Duration.ofSeconds(60);
    private boolean journal = false;
    private Duration sojournLimit = Duration.ZERO;
    private Duration ageLimit = Duration.ZERO;
    private boolean refusesWhenCritical = false;

    private PipelineShape() {}

    /** Returns a copy with a change. */
    private PipelineShape with(Consumer<PipelineShape> change) {
        PipelineShape copy = new PipelineShape();
        copy.capacity = capacity;
        copy.capacityBytes = capacityBytes;
        copy.highWatermark = highWatermark;
        copy.initialBatch = initialBatch;
        copy.maxBatch = maxBatch;
        copy.maxBatchCost = maxBatchCost;
        copy.targetBatchTime = targetBatchTime;
        copy.linger = linger;
        copy.batchTimeout = batchTimeout;
        copy.maxRetries = maxRetries;
        copy.workers = workers;
        copy.closeTimeout = closeTimeout;
        copy.journal = journal;
        copy.sojournLimit = sojournLimit;
        copy.ageLimit = ageLimit;
        copy.refusesWhenCritical = refusesWhenCritical;
        change.accept(copy);
        return copy;
    }

    PipelineShape withCapacity(int newCapacity) {
        return with(copy -> copy.capacity = newCapacity);
    }

    PipelineShape withCapacityBytes(long bytes) {
        return with(copy -> copy.capacityBytes = bytes);
    }

    PipelineShape withBatches(int initial, int max, Duration target) {
        return with(copy -> {
            copy.initialBatch = initial;
            copy.maxBatch = max;
            copy.targetBatchTime = target;
        });
    }

    PipelineShape withMaxBatchCost(long cost) {
        return with(copy -> copy.maxBatchCost = cost);
    }

    PipelineShape withLinger(Duration newLinger) {
        return with(copy -> copy.linger = newLinger);
    }

    PipelineShape withBatchTimeout(Duration timeout) {
        return with(copy -> copy.batchTimeout = timeout);
    }

    PipelineShape withMaxRetries(int retries) {
        return with(copy -> copy.maxRetries = retries);
    }

    PipelineShape withWorkers(int newWorkers) {
        return with(copy -> copy.workers = newWorkers);
    }

    PipelineShape withCloseTimeout(Duration timeout) {
        return with(copy -> copy.closeTimeout = timeout);
    }

    PipelineShape withJournal() {
        return with(copy -> copy.journal = true);
    }

    PipelineShape withSojournLimit(Duration limit) {
        return with(copy -> copy.sojournLimit = limit);
    }

    PipelineShape withAgeLimit(Duration limit) {
        return with(copy -> copy.ageLimit = limit);
    }

    PipelineShape withRefusalWhenCritical() {
        return with(copy -> copy.refusesWhenCritical = true);
    }

    /** Returns how many fragments can wait. */
    public int capacity() {
        return capacity;
    }

    /** Returns how many bytes can wait, at two for each character of a text; 0 for no limit. */
    public long capacityBytes() {
        return capacityBytes;
    }

    /** Returns the fill of the queue, 0 to 1, from which offers are refused. */
    public double highWatermark() {
        return highWatermark;
    }

    /** Returns the maximum number of fragments in the first batch. */
    public int initialBatch() {
        return initialBatch;
    }

    /** Returns the maximum number of fragments in any batch. */
    public int maxBatch() {
        return maxBatch;
    }

    /** Returns the maximum cost of a batch of several fragments; 0 for no limit. */
    public long maxBatchCost() {
        return maxBatchCost;
    }

    /** Returns the time that a batch should take. */
    public Duration targetBatchTime() {
        return targetBatchTime;
    }

    /** Returns how long the oldest fragment waits for a batch to fill. */
    public Duration linger() {
        return linger;
    }

    /** Returns the time after which a batch is interrupted. */
    public Duration batchTimeout() {
        return batchTimeout;
    }

    /** Returns how often a failed fragment is retried. */
    public int maxRetries() {
        return maxRetries;
    }

    /** Returns how many batches are processed at once. */
    public int workers() {
        return workers;
    }

    /** Returns the time that closing gives to accepted fragments. */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** Returns the predicted sojourn time in the queue that counts for the level like a full queue; 0 to ignore it. */
    public Duration sojournLimit() {
        return sojournLimit;
    }

    /** Returns the age of the oldest fragment that counts for the level like a full queue; 0 to ignore it. */
    public Duration ageLimit() {
        return ageLimit;
    }

    /** Returns whether fragments are refused while the level is critical. */
    public boolean refusesWhenCritical() {
        return refusesWhenCritical;
    }

    /** Returns whether accepted fragments are in the journal of the specification until they have their outcome. */
    public boolean journal() {
        return journal;
    }
}
