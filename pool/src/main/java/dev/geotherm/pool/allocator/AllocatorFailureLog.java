package dev.geotherm.pool.allocator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that the allocator of a pool fails: of each call the first time with the stack, then only when there were
 * twice as many. So an allocator that always fails does not fill the log.
 */
final class AllocatorFailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(AllocatorFailureLog.class);

    private final String pool;
    private final Map<Call, AtomicLong> counts = new ConcurrentHashMap<>();

    /** What a pool goes on after without its caller. */
    enum Call {
        RESET("reset"),
        VALIDATE("validate"),
        DEALLOCATE("deallocate"),
        MEASURE("measure");

        private final String verb;

        Call(String verb) {
            this.verb = verb;
        }
    }

    AllocatorFailureLog(String pool) {
        this.pool = pool;
    }

    void report(Call call, Throwable failed) {
        long count = counts.computeIfAbsent(call, first -> new AtomicLong()).incrementAndGet();
        if (count == 1) {
            LOG.warn(
                    "pool {}: the allocator failed to {} an object{}",
                    pool,
                    call.verb,
                    call == Call.MEASURE ? ", which counts as none saved" : ", which is given up",
                    failed);
        } else if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "pool {}: the allocator failed to {} an object {} times so far, the last time with: {}",
                    pool,
                    call.verb,
                    count,
                    String.valueOf(failed));
        }
    }
}
