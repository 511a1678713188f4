package dev.geotherm.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The time that each phase of a run took. Not safe for use by several threads. */
final class Stopwatch {
    private final long start = System.nanoTime();
    private final Map<String, Double> laps = new LinkedHashMap<>();
    private long lapStart = start;

    /** Ends a phase, and begins the next. */
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
