package dev.geotherm.commonspool2;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * A log of repeated failures: the first one with its stack trace, then one line whenever the number of failures has
 * doubled.
 */
final class FailureLog {
    private final Logger log;
    private final String what;
    private final AtomicLong count = new AtomicLong();

    /** Creates a log of one kind of failure, described by a sentence without the final period. */
    FailureLog(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    void failed(Throwable failure) {
        long now = count.incrementAndGet();
        if (now == 1) {
            log.warn(what, failure);
        } else if (Long.bitCount(now) == 1) {
            log.warn("{}: {} times so far, the last time with: {}", what, now, String.valueOf(failure));
        }
    }
}
