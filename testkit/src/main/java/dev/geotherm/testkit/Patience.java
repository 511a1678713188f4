package dev.geotherm.testkit;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The longest wait of a clause for an event that must come. It is a guard against hanging, far longer than a busy machine needs,
 * and costs time only if the event does not come.
 */
public final class Patience {
    private static final Duration USUAL = Duration.ofSeconds(60);

    /** Threads that a clause starts inherit it. */
    private static final InheritableThreadLocal<Duration> LIMIT = new InheritableThreadLocal<>() {
        @Override
        protected Duration initialValue() {
            return USUAL;
        }
    };

    private Patience() {}

    /** Returns the longest wait of the current thread. */
    public static Duration limit() {
        return LIMIT.get();
    }

    /** Makes a call with another limit, for tests of contracts: where an implementation is broken, the event does not come. */
    static <T> T during(Duration limit, Supplier<T> call) {
        Duration before = LIMIT.get();
        LIMIT.set(limit);
        try {
            return call.get();
        } finally {
            LIMIT.set(before);
        }
    }
}
