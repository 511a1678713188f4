package dev.geotherm.engine;

import java.util.function.Supplier;

/** An observer of a long operation of {@link Knowledge}. */
@FunctionalInterface
public interface Progress {

    /**
     * Begins a phase of the operation.
     *
     * @param step returns where the phase is; cheap, and safe to call from any thread until the operation ends
     */
    void begin(Supplier<Step> step);

    /** Returns an observer that ignores everything. */
    static Progress none() {
        return step -> {};
    }

    /**
     * The position within a phase.
     *
     * @param phase the phase, a verb such as {@code ingest}
     * @param unit what is counted, in the plural
     * @param done how many are done
     * @param total how many there are
     * @param perSecond how many are done in a second; 0 where that is unknown
     * @param details more for people, such as the backpressure level; may be empty
     */
    record Step(String phase, String unit, long done, long total, double perSecond, String details) {}
}
