package dev.geotherm.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A check for platform threads that a component leaves behind: those named {@code geotherm-<instance>} or
 * {@code geotherm-<instance>-…}.
 *
 * <p>It does not see virtual threads, but components only get them from their context, which counts them.
 */
public final class ThreadsLeft {
    private ThreadsLeft() {}

    /** Returns the live threads of the instance. */
    public static List<Thread> of(String instance) {
        String name = "geotherm-" + instance;
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().equals(name) || thread.getName().startsWith(name + "-"))
                .filter(Thread::isAlive)
                .toList();
    }

    /**
     * Checks that the instance has no thread after {@code close()}. A thread that is about to end may
     * take {@link Patience#limit()}.
     *
     * @throws AssertionError if a thread stays alive; the message has its name and stack trace
     */
    public static void assertNone(String instance) {
        Duration grace = Patience.limit();
        for (Thread thread : of(instance)) {
            try {
                thread.join(grace.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for the end of " + thread.getName(), interrupted);
            }
            if (thread.isAlive()) {
                throw new AssertionError("thread " + thread.getName() + " is alive after close():\n    at "
                        + Arrays.stream(thread.getStackTrace())
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n    at ")));
            }
        }
    }
}
