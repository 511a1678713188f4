package dev.geotherm.api;

/** A handle of a scheduled task, for its cancellation; safe for use by many threads. */
@FunctionalInterface
public interface ScheduledTask {

    /**
     * Cancels the task. No run starts after this method returns; a run in progress on another thread is not interrupted,
     * and this method waits for its end. Idempotent; may be called by the task itself.
     *
     * <p>Must not be called while a lock is held that the task takes.
     */
    void cancel();
}
