package dev.geotherm.api;

import static java.util.Objects.requireNonNull;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A throttled log of the failures of a repeated operation. It logs the first failure with its stack trace, then one
 * line each time the number of failures has doubled, and one line when the operation succeeds again, so a permanent
 * failure does not flood the log. Thread-safe.
 *
 * <pre>{@code
 * private final FailureLog writes = new FailureLog("the cache cannot be written", LOG::warn);
 * }</pre>
 */
public final class FailureLog {
    private final String what;
    private final BiConsumer<String, @Nullable Throwable> log;
    private volatile long count;

    /**
     * Creates a log.
     *
     * @param what the failure as a sentence without its full stop
     * @param log receives each message, and the failure if its stack trace is to be logged
     */
    public FailureLog(String what, BiConsumer<String, @Nullable Throwable> log) {
        this.what = requireNonNull(what, "what");
        this.log = requireNonNull(log, "log");
    }

    /** Reports a failure. Never throws: an exception from the log is added to the failure as suppressed. */
    public void failed(Throwable failure) {
        long now;
        synchronized (this) {
            now = count + 1;
            count = now;
        }
        try {
            if (now == 1) {
                log.accept(what + ": " + failure.getMessage(), failure);
            } else if (Long.bitCount(now) == 1) {
                log.accept(what + ": " + now + " times so far, the last time with: " + failure, null);
            }
        } catch (Throwable alsoFailed) { // such as an OutOfMemoryError
            suppress(failure, alsoFailed);
        }
    }

    private static void suppress(Throwable failure, Throwable alsoFailed) {
        if (failure != alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /** Reports a success; costs one volatile read, except after a failure. Never throws, even if the log does. */
    public void succeeded() {
        if (count == 0) {
            return;
        }
        long before;
        synchronized (this) {
            before = count;
            count = 0;
        }
        if (before > 0) {
            try {
                log.accept(what + ": " + before + " failures; works again", null);
            } catch (Throwable lost) { // the operation has succeeded, and its caller can do nothing for the log
            }
        }
    }
}
