package dev.geotherm.engine;

import java.util.function.Supplier;

/** An observer of a long operation of {@link Knowledge}. */
@FunctionalInterface
public interface Progress {

    /**
     * Begins a phase of the operation.
     *
     * @param step the supplier of the current position; cheap and thread-safe until the operation ends
     */
    void begin(Supplier<Step> step);

    /** Returns an observer that ignores everything. */
    static Progress none() {
        return step -> {};
    }

    /**
     * The position within a phase.
     *
     * @param phase the name of the phase, a verb such as {@code ingest}
     * @param unit the counted unit in the plural
     * @param done the number of units done
     * @param total the total number of units; 0 if unknown
     * @param perSecond the rate in units per second; 0 if unknown
     * @param details more information for users, such as the backpressure level; may be empty
     */
    record Step(String phase, String unit, long done, long total, double perSecond, String details) {}
}
