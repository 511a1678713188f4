package dev.geotherm.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A stopwatch with named laps. Not thread-safe. */
final class Stopwatch {
    private long start = System.nanoTime();
    private final Map<String, Double> laps = new LinkedHashMap<>();
    private long lapStart = System.nanoTime();

    /** Adds a lap that ended before the first one. */
    void started(String name, Duration took) {
        laps.put(name, seconds(took.toNanos()));
        start -= took.toNanos();
    }

    /** Ends the current lap under the given name, and starts the next one. */
    void lap(String name) {
        long now = System.nanoTime();
        laps.put(name, seconds(now - lapStart));
        lapStart = now;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        laps.forEach(json::put);
        return json.put("total", seconds(System.nanoTime() - start));
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e6) / 1e3;
    }
}
