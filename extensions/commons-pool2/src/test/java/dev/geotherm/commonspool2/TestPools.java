package dev.geotherm.commonspool2;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import dev.geotherm.pool.none.NonePools;
import dev.geotherm.pool.none.NonePoolsSettings;
import dev.geotherm.pool.striped.StripedPools;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The platform's default pools for tests of the adapters. */
final class TestPools {
    private static final int PLENTY = 1000;

    private TestPools() {}

    static ObjectPools unbounded() {
        return of(PLENTY, WhenExhausted.ALLOCATE);
    }

    static ObjectPools failing(int maxSize) {
        return of(maxSize, WhenExhausted.FAIL);
    }

    static ObjectPools allocating(int maxSize) {
        return of(maxSize, WhenExhausted.ALLOCATE);
    }

    static ObjectPools waiting(int maxSize, Duration maxWait) {
        return with(settings(maxSize, WhenExhausted.WAIT, "maxWait", maxWait.toMillis() + "ms"));
    }

    static ObjectPools preallocated(int maxSize, int initialSize) {
        return with(settings(maxSize, WhenExhausted.FAIL, "initialSize", String.valueOf(initialSize)));
    }

    private static ObjectPools of(int maxSize, WhenExhausted whenExhausted) {
        return with(settings(maxSize, whenExhausted, "maxWait", "60s"));
    }

    private static Map<String, String> settings(int maxSize, WhenExhausted whenExhausted, String name, String value) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "initialSize",
                "0",
                "maxSize",
                String.valueOf(maxSize),
                "whenExhausted",
                whenExhausted.name().toLowerCase(Locale.ROOT),
                "pressureThreshold",
                "0"));
        settings.put(name, value);
        return settings;
    }

    private static ObjectPools with(Map<String, String> settings) {
        return new StripedPools(
                Settings.of(StripedPoolsSettings.class, settings), ComponentContext.standalone("commons-test"));
    }

    /** Pools in which nothing is ever idle. */
    static ObjectPools keepingNothing(int maxSize) {
        return new NonePools(
                Settings.of(
                        NonePoolsSettings.class,
                        Map.of("maxSize", String.valueOf(maxSize), "whenExhausted", "wait", "maxWait", "60s")),
                ComponentContext.standalone("none"));
    }

    /** Commons Pool behind the platform's interface: the object returned last is borrowed first. */
    static ObjectPools lastInFirstOut() {
        return new CommonsPools(
                new CommonsPoolsSettings(
                        0,
                        PLENTY,
                        Duration.ofDays(1),
                        WhenExhausted.ALLOCATE,
                        Duration.ofSeconds(60),
                        WhenMisused.REFUSE),
                ComponentContext.standalone("commons-test"));
    }
}
