package dev.geotherm.pool.striped;

import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.Allocator;
import java.lang.ref.ReferenceQueue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings with which pools do no work of their own accord, and such pools. */
final class QuietPools {
    private QuietPools() {}

    /** Returns the settings with some changed: name, value, name, value, … */
    static StripedPoolsSettings settings(String... changed) {
        Map<String, String> texts = new LinkedHashMap<>(
                Map.of("initialSize", "0", "cleanupInterval", "1d", "sweepInterval", "1d", "pressureThreshold", "0"));
        for (int i = 0; i < changed.length; i += 2) {
            texts.put(changed[i], changed[i + 1]);
        }
        return Settings.of(StripedPoolsSettings.class, texts);
    }

    /** Returns a pool of plain objects without maintenance. */
    static StripedPool<Object> pool(StripedPoolsSettings settings) {
        Allocator<Object> allocator = new Allocator<>() {
            @Override
            public Object allocate() {
                return new Object();
            }

            @Override
            public void reset(Object object) {}
        };
        return new StripedPool<>(
                "objects", allocator, settings, new ReferenceQueue<>(), System::nanoTime, closed -> {});
    }
}
