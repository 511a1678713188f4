package dev.geotherm.profiles.telemetry;

import java.util.Map;
import java.util.function.Supplier;

/** The source of what telemetry samples: a metrics record of each part of a platform. */
public interface MetricsSource {

    /** Returns what reads the metrics of each running part, by the name of the part, in a stable order. */
    Map<String, Supplier<Record>> metrics();
}
