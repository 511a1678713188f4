package dev.geotherm.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.Stability;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Measurement;
import dev.geotherm.api.metrics.Metrics;
import dev.geotherm.profiles.runtime.Platform;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The report of all components: their implementations, and their metrics as declared by the metrics records. */
final class ComponentReport {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentReport.class);

    private ComponentReport() {}

    static ObjectNode of(Platform platform) {
        ObjectNode components = Json.MAPPER.createObjectNode();
        for (ComponentKind kind : ComponentKind.values()) {
            ObjectNode component = components.putObject(kind.section());
            component.put("use", platform.configuration().implementation(kind).name());
            ObjectNode metrics = component.putObject("metrics");
            for (Measurement each :
                    read(platform.component(kind.componentType()).metrics())) {
                ObjectNode place = each.instance().isEmpty()
                        ? metrics
                        : component.withObject("/instances").withObjectProperty(each.instance());
                write(each, place.putObject(each.name()));
            }
        }
        Stability stability = platform.anchors().stability();
        ((ObjectNode) components.get(ComponentKind.ANCHORS.section()))
                .putObject("stability")
                .put("averageAgeSeconds", seconds(stability.averageAge()))
                .put("averageHeat", stability.averageHeat())
                .put("averageDrift", stability.averageDrift())
                .put("churn", stability.churn());
        return components;
    }

    /** Reads the metrics of a record; empty if the record declares none, as in an old plugin. */
    private static List<Measurement> read(Record metrics) {
        try {
            return Metrics.read(metrics);
        } catch (IllegalArgumentException undeclared) {
            LOG.debug("The metrics of a component are not declared: {}", undeclared.getMessage());
            return List.of();
        }
    }

    private static void write(Measurement measured, ObjectNode into) {
        Object value = measured.value();
        if (value instanceof Distribution distribution) {
            into.setAll((ObjectNode) Json.MAPPER.valueToTree(distribution));
        } else if (value instanceof Duration duration) {
            into.put("value", seconds(duration));
        } else if (value instanceof Enum<?>) {
            into.put("value", measured.text());
        } else {
            into.putPOJO("value", value);
        }
        if (!measured.unit().isEmpty()) {
            into.put("unit", measured.unit());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
