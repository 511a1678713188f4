package dev.geotherm.api;

import java.time.Duration;

/**
 * A scheduler for the upkeep of one component: one thread, which exists only while a task is scheduled, so that tasks of
 * one component never overlap.
 *
 * <p>Safe for use by many threads. A task that throws stays scheduled; its failure is passed to the uncaught exception
 * handler of the scheduler's thread. Tasks should be short: a long one delays the component's other tasks.
 */
public interface Scheduler {

    /**
     * Runs a task again and again; each run starts {@code delay} after the end of the one before, the first one after
     * {@code delay}.
     *
     * @param delay positive
     * @throws IllegalArgumentException if the delay is not positive
     * @throws IllegalStateException if the scheduler is closed
     */
    ScheduledTask every(Duration delay, Runnable task);

    /**
     * Runs a task once, after a delay.
     *
     * @param delay not negative; zero runs the task as soon as possible
     * @throws IllegalArgumentException if the delay is negative
     * @throws IllegalStateException if the scheduler is closed
     */
    ScheduledTask after(Duration delay, Runnable task);
}
