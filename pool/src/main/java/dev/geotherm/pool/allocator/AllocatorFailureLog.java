package dev.geotherm.pool.allocator;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A throttled log of the failures of an allocator. It logs the first failure of each method with its stack trace, then
 * one line each time the number of failures has doubled, so an allocator that always fails does not flood the log.
 */
final class AllocatorFailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(AllocatorFailureLog.class);

    private final String pool;
    private final Map<Call, AtomicLong> counts = new EnumMap<>(Call.class);

    /** An allocator method with failures that the pool hides from its caller. */
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
        for (Call call :
                Call.values()) { // in advance: a failing caller may have too little stack to initialize the class
            counts.put(call, new AtomicLong());
        }
    }

    void report(Call call, Throwable failed) {
        long count = requireNonNull(counts.get(call)).incrementAndGet();
        if (count == 1) {
            LOG.warn(
                    "pool {}: the allocator failed to {} an object{}",
                    pool,
                    call.verb,
                    call == Call.MEASURE ? ", and it counts as 0 bytes" : ", and the object is dropped",
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
