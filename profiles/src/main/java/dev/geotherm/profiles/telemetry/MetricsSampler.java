package dev.geotherm.profiles.telemetry;

import dev.geotherm.api.FailureLog;
import dev.geotherm.api.metrics.Measurement;
import dev.geotherm.api.metrics.MetricType;
import dev.geotherm.api.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sampler of the metrics of a platform and all its components.
 *
 * <p>Without detail, named instances contribute only the totals of their counters: a sum of gauges, such as the peaks
 * of several pools, is meaningless, and percentiles cannot be added. Not thread-safe.
 */
final class MetricsSampler {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsSampler.class);

    private final MetricsSource source;
    private final boolean detail;
    private final Map<String, FailureLog> failures = new HashMap<>();

    MetricsSampler(MetricsSource source, boolean detail) {
        this.source = source;
        this.detail = detail;
    }

    /** Reads all parts; a part that fails is omitted and logged. */
    Map<String, List<Measurement>> read() {
        Map<String, List<Measurement>> parts = new LinkedHashMap<>();
        source.metrics().forEach((part, metrics) -> {
            FailureLog log = failures.computeIfAbsent(
                    part,
                    name -> new FailureLog(
                            "Samples omit the metrics of " + name + ", which cannot be read", LOG::warn));
            try {
                parts.put(part, read(metrics));
                log.succeeded();
            } catch (RuntimeException | LinkageError failed) {
                log.failed(failed);
            }
        });
        return parts;
    }

    private List<Measurement> read(Supplier<Record> metrics) {
        List<Measurement> all = Metrics.read(metrics.get());
        List<Measurement> kept = new ArrayList<>();
        Map<String, Measurement> totals = new LinkedHashMap<>();
        for (Measurement measurement : all) {
            if (measurement.instance().isEmpty()) {
                kept.add(measurement);
            } else if (measurement.type() == MetricType.COUNTER) {
                totals.merge(
                        measurement.name(),
                        total(measurement, measurement.value()),
                        (a, b) -> total(a, sum(a.value(), b.value())));
            }
        }
        kept.addAll(totals.values());
        if (detail) {
            all.stream().filter(each -> !each.instance().isEmpty()).forEach(kept::add);
        }
        return kept;
    }

    private static Measurement total(Measurement like, Object value) {
        return new Measurement(like.name(), "", like.type(), like.unit(), like.description(), value);
    }

    private static Object sum(Object a, Object b) {
        if (a instanceof Duration duration) {
            return duration.plus((Duration) b);
        } else if (a instanceof Double number) {
            return number + (Double) b;
        }
        return ((Number) a).longValue() + ((Number) b).longValue();
    }
}
