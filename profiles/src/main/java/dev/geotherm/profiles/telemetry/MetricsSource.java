package dev.geotherm.profiles.telemetry;

import java.util.Map;
import java.util.function.Supplier;

/** The source of the metrics that telemetry samples: the metrics records of the platform and its components. */
public interface MetricsSource {

    /** Returns the suppliers of the metrics of each running part, by the name of the part, in a stable order. */
    Map<String, Supplier<Record>> metrics();
}
