package dev.geotherm.pool.slab;

import dev.geotherm.api.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings with which slab pools do no work of their own accord. */
final class QuietSlab {
    private QuietSlab() {}

    /** Returns the settings with some changed: name, value, name, value, … */
    static SlabPoolsSettings settings(String... changed) {
        Map<String, String> texts = new LinkedHashMap<>(
                Map.of("initialSize", "0", "cleanupInterval", "1d", "sweepInterval", "1d", "pressureThreshold", "0"));
        for (int i = 0; i < changed.length; i += 2) {
            texts.put(changed[i], changed[i + 1]);
        }
        return Settings.of(SlabPoolsSettings.class, texts);
    }
}
