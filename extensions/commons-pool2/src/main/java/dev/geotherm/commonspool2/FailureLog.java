package dev.geotherm.commonspool2;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/** A log of what fails again and again: the first failure with its stack trace, then one line whenever their number has doubled. */
final class FailureLog {
    private final Logger log;
    private final String what;
    private final AtomicLong count = new AtomicLong();

    /** Creates a log of one kind of failure, which a sentence without its end describes. */
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
