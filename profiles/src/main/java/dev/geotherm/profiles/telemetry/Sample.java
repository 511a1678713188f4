package dev.geotherm.profiles.telemetry;

import dev.geotherm.api.metrics.Measurement;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sample of the metrics of a platform and its components at one moment.
 *
 * @param time the time at which it was taken
 * @param measurements by part: {@code platform}, {@code pool}, {@code diff}, …; a part that failed is missing
 */
public record Sample(Instant time, Map<String, List<Measurement>> measurements) {

    /** Copies the measurements, in the same order. */
    public Sample {
        Map<String, List<Measurement>> copy = new LinkedHashMap<>();
        measurements.forEach((part, ofPart) -> copy.put(part, List.copyOf(ofPart)));
        measurements = Collections.unmodifiableMap(copy);
    }

    /**
     * Returns a measurement.
     *
     * @param part {@code pool}
     * @param name the metric: {@code created}
     * @param instance the named instance; empty for the part as a whole
     */
    public Optional<Measurement> find(String part, String name, String instance) {
        return measurements.getOrDefault(part, List.of()).stream()
                .filter(measurement -> measurement.name().equals(name)
                        && measurement.instance().equals(instance))
                .findFirst();
    }
}
