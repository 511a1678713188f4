package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.time.Duration;

/**
 * The limits of a pool that a clause needs. Choose all other settings so that pools do nothing on their own: no periodic
 * clean-up and no monitoring of memory pressure. Only periodic leak detection must run, at short intervals.
 *
 * @param initialSize the number of objects that are preallocated, and kept when demand falls; 0 for none
 * @param maxSize the maximum number of objects
 * @param whenExhausted the behaviour at the bound
 * @param maxWait the maximum wait if callers wait
 * @param whenMisused the behaviour on a double release or a foreign object; ignored without {@link
 *     PoolCapability#COUNTS_MISUSE}
 * @param maxAge the age from which a clean-up deallocates an idle object; 0 for no limit; ignored without {@link
 *     PoolCapability#EXPIRES_OLD_OBJECTS}
 */
public record PoolLimits(
        int initialSize,
        int maxSize,
        WhenExhausted whenExhausted,
        Duration maxWait,
        WhenMisused whenMisused,
        Duration maxAge) {
    /** Longer than any test takes. */
    static final Duration LONG = Duration.ofSeconds(60);

    static PoolLimits failing(int maxSize) {
        return of(maxSize, WhenExhausted.FAIL);
    }

    static PoolLimits waiting(int maxSize) {
        return of(maxSize, WhenExhausted.WAIT);
    }

    static PoolLimits allocating(int maxSize) {
        return of(maxSize, WhenExhausted.ALLOCATE);
    }

    static PoolLimits of(int maxSize, WhenExhausted whenExhausted) {
        return new PoolLimits(0, maxSize, whenExhausted, LONG, WhenMisused.REFUSE, Duration.ZERO);
    }

    PoolLimits withInitialSize(int size) {
        return new PoolLimits(size, maxSize, whenExhausted, maxWait, whenMisused, maxAge);
    }

    PoolLimits withMaxWait(Duration wait) {
        return new PoolLimits(initialSize, maxSize, whenExhausted, wait, whenMisused, maxAge);
    }

    PoolLimits countingMisuse() {
        return new PoolLimits(initialSize, maxSize, whenExhausted, maxWait, WhenMisused.COUNT, maxAge);
    }

    PoolLimits withMaxAge(Duration age) {
        return new PoolLimits(initialSize, maxSize, whenExhausted, maxWait, whenMisused, age);
    }
}
