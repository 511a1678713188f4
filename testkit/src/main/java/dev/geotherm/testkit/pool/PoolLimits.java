package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.WhenExhausted;
import java.time.Duration;

/**
 * What a clause wants the settings of the pools to be; everything that is not named here is to be such that the pools do
 * nothing of their own accord: no clean-up at intervals, no watch over the collector.
 *
 * @param initialSize how many objects may be made in advance, and are kept when demand falls; 0 for none
 * @param maxSize the bound
 * @param whenExhausted what happens at the bound
 * @param maxWait the longest wait, if callers wait
 */
public record PoolLimits(int initialSize, int maxSize, WhenExhausted whenExhausted, Duration maxWait) {
    /** Longer than any test takes. */
    static final Duration LONG = Duration.ofSeconds(20);

    static PoolLimits failing(int maxSize) {
        return new PoolLimits(0, maxSize, WhenExhausted.FAIL, LONG);
    }

    static PoolLimits waiting(int maxSize) {
        return new PoolLimits(0, maxSize, WhenExhausted.WAIT, LONG);
    }

    static PoolLimits allocating(int maxSize) {
        return new PoolLimits(0, maxSize, WhenExhausted.ALLOCATE, LONG);
    }

    PoolLimits withInitialSize(int size) {
        return new PoolLimits(size, maxSize, whenExhausted, maxWait);
    }

    PoolLimits withMaxWait(Duration wait) {
        return new PoolLimits(initialSize, maxSize, whenExhausted, wait);
    }
}
