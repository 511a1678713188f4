package dev.geotherm.pool.allocator;

import org.slf4j.Logger;

/**
 * A log of something that is tried again and again: the first failure with its stack trace, then one line whenever their
 * number has doubled, and one line once it works again. So what always fails does not fill the log. Safe for use by many
 * threads.
 */
public final class FailureLog {
    private final Logger log;
    private final String what;
    private volatile long count;

    /**
     * Creates a log.
     *
     * @param what what fails, with its subject, as a sentence without its end
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

    /** Reports a success; one volatile read if it is not the first after a failure. */
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
