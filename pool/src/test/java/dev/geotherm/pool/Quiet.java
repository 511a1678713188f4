package dev.geotherm.pool;

import dev.geotherm.api.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings under which pools do nothing of their own accord. */
final class Quiet {
    private Quiet() {}

    /** Returns them with some changed: name, value, name, value, … */
    static StripedPoolsSettings settings(String... changed) {
        Map<String, String> texts = new LinkedHashMap<>(
                Map.of("initialSize", "0", "cleanupInterval", "1d", "sweepInterval", "1d", "pressureThreshold", "0"));
        for (int i = 0; i < changed.length; i += 2) {
            texts.put(changed[i], changed[i + 1]);
        }
        return Settings.of(StripedPoolsSettings.class, texts);
    }
}
