package dev.geotherm.api;

import java.time.Duration;

/**
 * A scheduler of the periodic and delayed tasks of one component. It has a single thread, so the tasks never overlap;
 * the thread exists only while a task is scheduled.
 *
 * <p>Thread-safe. The exceptions of tasks are passed to the uncaught exception handler of the
 * scheduler's thread; a periodic task that throws stays scheduled. Tasks should be short: a long one delays the
 * component's other tasks.
 */
public interface Scheduler {

    /**
     * Runs a task periodically with a fixed delay: the first run starts after {@code delay}, each later one {@code
     * delay} after the end of the previous run.
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
