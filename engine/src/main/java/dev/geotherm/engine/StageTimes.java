package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The thread-safe record of the times that the threads of an ingestion spend in its stages. */
final class StageTimes {

    /** A stage of an ingestion. */
    enum Stage {
        /** Reading documents and comparing them with the ledger. */
        READ,
        /** Removing personal data from texts. */
        SCRUB,
        /** Splitting texts and comparing the chunks with the former ones. */
        SPLIT,
        /** Embedding texts. */
        EMBED,
        /** Finding or creating anchors. */
        ANCHORS,
        /** Indexing passages. */
        INDEX,
        /** Committing the state and writing its delta. */
        STATE,
        /** Forcing everything to disk. */
        COMMIT
    }

    private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

    StageTimes() {
        for (Stage stage : Stage.values()) {
            nanos.put(stage, new LongAdder());
        }
    }

    /** Adds the time since a start, and returns the current time. */
    long add(Stage stage, long start) {
        long now = System.nanoTime();
        adder(stage).add(now - start);
        return now;
    }

    /** Adds the time since a start, minus the time of another stage, and returns the current time. */
    long addWithout(Stage stage, long start, long others) {
        long now = System.nanoTime();
        adder(stage).add(now - start - others);
        return now;
    }

    /** Returns the time of a stage so far. */
    long nanos(Stage stage) {
        return adder(stage).sum();
    }

    private LongAdder adder(Stage stage) {
        return requireNonNull(nanos.get(stage));
    }

    /**
     * Returns the stages by lower-case name.
     *
     * @param chunks the number of ingested chunks
     */
    Map<String, StageTime> report(long chunks) {
        double all = 0;
        for (Stage stage : Stage.values()) {
            all += nanos(stage);
        }
        Map<String, StageTime> report = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            long own = nanos(stage);
            report.put(
                    stage.name().toLowerCase(Locale.ROOT),
                    new StageTime(
                            Math.round(own / 1e6) / 1e3,
                            own == 0 ? 0 : Math.round(1e3 * own / all) / 1e3,
                            own == 0 ? 0 : Math.round(chunks * 1e9 / own)));
        }
        return report;
    }
}
