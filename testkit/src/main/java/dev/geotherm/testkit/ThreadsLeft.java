package dev.geotherm.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A check for platform threads that a component leaves behind: those named {@code geotherm-<instance>} or
 * {@code geotherm-<instance>-…}.
 *
 * <p>It does not see virtual threads. Components get those only from their context, which counts them.
 */
public final class ThreadsLeft {
    private ThreadsLeft() {}

    /** Returns the live threads of an instance. */
    public static List<Thread> of(String instance) {
        String name = "geotherm-" + instance;
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().equals(name) || thread.getName().startsWith(name + "-"))
                .filter(Thread::isAlive)
                .toList();
    }

    /**
     * Asserts that an instance has no thread after {@code close()}. Waits up to {@link Patience#limit()} for threads that
     * are about to end.
     *
     * @throws AssertionError if a thread stays alive; the message contains its name and stack trace
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
