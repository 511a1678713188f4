package dev.geotherm.testkit;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The maximum time that a clause waits for an expected event. It prevents hanging tests, is far longer than a busy machine
 * needs, and costs time only if the event does not occur.
 */
public final class Patience {
    private static final Duration USUAL = Duration.ofSeconds(60);

    /** Inherited by the threads that a clause starts. */
    private static final InheritableThreadLocal<Duration> LIMIT = new InheritableThreadLocal<>() {
        @Override
        protected Duration initialValue() {
            return USUAL;
        }
    };

    private Patience() {}

    /** Returns the maximum wait of the current thread. */
    public static Duration limit() {
        return LIMIT.get();
    }

    /**
     * Makes a call with another limit. For tests of contracts, because with a broken implementation the event does not
     * occur.
     */
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
