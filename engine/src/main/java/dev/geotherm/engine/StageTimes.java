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
        /** Personal data is removed from texts. */
        SCRUB,
        /** Texts are split, and compared with the chunks before. */
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

    /** Adds the time since a start that another stage did not take, and returns the time now. */
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
     * Returns the stages by their names in lower case.
     *
     * @param chunks the number of chunks that were ingested
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
