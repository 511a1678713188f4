package dev.geotherm.benchmarks.diff;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A library or configuration that compares two states and applies the result. */
interface Contender {

    /** Returns the name in tables and on command lines. */
    String name();

    /** Returns the comparison to measure; everything else is prepared in advance. */
    Supplier<Object> comparing(StatePair pair);

    /** Returns the outcome of a comparison as a JSON Patch (RFC 6902), or null if the contender cannot produce one. */
    byte @Nullable [] patch(StatePair pair, Object outcome);

    /** Returns the outcome in the contender's own wire formats, by name; empty if it only has the patch. */
    default Map<String, byte[]> encoded(StatePair pair, Object outcome) {
        return Map.of();
    }

    /**
     * Returns the application of a comparison's outcome to a state that must stay unchanged, or null if there is none.
     */
    @Nullable
    Supplier<Object> applying(StatePair pair, Object outcome);

    /** Returns the number of changes in the outcome. */
    int changes(Object outcome);
}
