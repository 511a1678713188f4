package dev.geotherm.pool.allocator;

import org.slf4j.Logger;

/**
 * A log of the failures of a repeated operation: the first failure with its stack trace, then one line whenever their
 * number has doubled, and one line once it works again. So permanent failures do not flood the log. Safe for use by
 * many threads.
 */
public final class FailureLog {
    private final Logger log;
    private final String what;
    private volatile long count;

    /**
     * Creates a log.
     *
     * @param what the failure as a sentence without its full stop
     */
    public FailureLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** Reports a failure. */
    public void failed(Throwable failure) {
        long now;
        synchronized (this) {
            now = count + 1;
            count = now;
        }
        if (now == 1) {
            log.warn("{}: {}", what, failure.getMessage(), failure);
        } else if (Long.bitCount(now) == 1) {
            log.warn("{}: {} times so far, the last time with: {}", what, now, String.valueOf(failure));
        }
    }

    /** Reports a success; costs one volatile read, except after a failure. */
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
            log.info("{}: {} times, and works again", what, before);
        }
    }
}
