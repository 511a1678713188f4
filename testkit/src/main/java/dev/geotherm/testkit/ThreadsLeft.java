package dev.geotherm.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The platform threads that belong to one instance of a component: those whose name begins with
 * {@code geotherm-<instance>-}.
 */
public final class ThreadsLeft {
    private static final long GRACE_MILLIS = 3_000;

    private ThreadsLeft() {}

    /** Returns the threads of the instance that are alive now. */
    public static List<Thread> of(String instance) {
        String name = "geotherm-" + instance;
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().equals(name) || thread.getName().startsWith(name + "-"))
                .filter(Thread::isAlive)
                .toList();
    }

    /**
     * Checks that the instance has no thread any more; to be called after {@code close()}. A thread that is just ending
     * gets a few seconds for that.
     *
     * @throws AssertionError if one stays, with its name and stack trace
     */
    public static void assertNone(String instance) {
        for (Thread thread : of(instance)) {
            try {
                thread.join(GRACE_MILLIS);
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
