package dev.geotherm.api;

/** A handle that cancels a scheduled task; thread-safe. */
@FunctionalInterface
public interface ScheduledTask {

    /**
     * Cancels the task. No run starts after this method returns; it does not interrupt a run in progress on another
     * thread, but waits for it to end. Idempotent; the task itself may call it.
     *
     * <p>Do not call it while holding a lock that the task acquires.
     */
    void cancel();
}
