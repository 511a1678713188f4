package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.time.Duration;

/**
 * What a clause wants the settings of the pools to be; everything that is not named here is to be such that the pools do
 * nothing of their own accord: no clean-up at intervals, no watch over the collector. Only lost objects are to be looked
 * for, and often, where that is done at intervals.
 *
 * @param initialSize how many objects may be made in advance, and are kept when demand falls; 0 for none
 * @param maxSize the bound
 * @param whenExhausted what happens at the bound
 * @param maxWait the longest wait, if callers wait
 * @param whenMisused what happens when an object is returned that is not in use; to be ignored, without
 *     {@link PoolCapability#COUNTS_MISUSE}
 * @param maxAge the age from which a clean-up gives up an idle object, 0 for any; to be ignored, without
 *     {@link PoolCapability#EXPIRES_OLD_OBJECTS}
 */
public record PoolLimits(
        int initialSize,
        int maxSize,
        WhenExhausted whenExhausted,
        Duration maxWait,
        WhenMisused whenMisused,
        Duration maxAge) {
    /** Longer than any test takes. */
    static final Duration LONG = Duration.ofSeconds(20);

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
