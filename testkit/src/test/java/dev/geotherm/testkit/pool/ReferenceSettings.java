package dev.geotherm.testkit.pool;

import dev.geotherm.api.Setting;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.time.Duration;

record ReferenceSettings(
        @Setting(defaultValue = "0", description = "Ignored.")
        int initialSize,

        @Setting(defaultValue = "10", description = "The bound.")
        int maxSize,

        @Setting(defaultValue = "allocate", description = "What happens at the bound.")
        WhenExhausted whenExhausted,

        @Setting(defaultValue = "1s", description = "The maximum wait.")
        Duration maxWait,

        @Setting(defaultValue = "refuse", description = "What happens on misuse.")
        WhenMisused whenMisused,

        @Setting(defaultValue = "0s", description = "The age from which an idle object is deallocated.")
        Duration maxAge) {

    static ReferenceSettings of(PoolLimits limits) {
        return new ReferenceSettings(
                limits.initialSize(),
                limits.maxSize(),
                limits.whenExhausted(),
                limits.maxWait(),
                limits.whenMisused(),
                limits.maxAge());
    }

    PoolLimits limits() {
        return new PoolLimits(initialSize, maxSize, whenExhausted, maxWait, whenMisused, maxAge);
    }
}
