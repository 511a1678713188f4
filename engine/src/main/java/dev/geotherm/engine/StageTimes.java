package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The times that the threads of an ingestion spent in its stages. Safe for use by many threads. */
final class StageTimes {

    /** A stage of an ingestion. */
    enum Stage {
        /** Documents are read and compared with the ledger. */
        READ,
        /** Texts are scrubbed and split. */
        SPLIT,
        /** Texts are embedded. */
        EMBED,
        /** Anchors are found or created. */
        ANCHORS,
        /** Passages are indexed. */
        INDEX,
        /** The state is committed, and its delta is written. */
        STATE,
        /** Everything is forced to disk. */
        COMMIT
    }

    private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

    StageTimes() {
        for (Stage stage : Stage.values()) {
            nanos.put(stage, new LongAdder());
        }
    }

    /** Adds the time since a start, and returns the time now. */
    long add(Stage stage, long start) {
        long now = System.nanoTime();
        adder(stage).add(now - start);
        return now;
    }

    private LongAdder adder(Stage stage) {
        return requireNonNull(nanos.get(stage));
    }

    /** Returns the seconds of each stage, by its name in lower case. */
    Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            seconds.put(
                    stage.name().toLowerCase(Locale.ROOT),
                    Math.round(adder(stage).sum() / 1e6) / 1e3);
        }
        return seconds;
    }
}
