package dev.geotherm.profiles.telemetry;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all components had done at a moment.
 *
 * @param time when it was taken
 * @param figures numbers by dotted name, {@code diff.changes}; times in seconds
 */
public record Sample(Instant time, Map<String, Number> figures) {

    /** Copies the figures, in order of their names. */
    public Sample {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }
}
