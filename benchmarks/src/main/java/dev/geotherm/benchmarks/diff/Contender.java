package dev.geotherm.benchmarks.diff;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One way to find what changed between two states, and to apply it. */
interface Contender {

    /** Returns the name in tables and on command lines. */
    String name();

    /** Returns the comparison, everything made ready that is not measured. */
    Supplier<Object> comparing(StatePair pair);

    /** Returns what a comparison gave as a JSON Patch (RFC 6902), or null where it gives none. */
    byte @Nullable [] patch(StatePair pair, Object outcome);

    /** Returns the outcome in the contender's own forms for the wire, by their names; none where there is but the patch. */
    default Map<String, byte[]> encoded(StatePair pair, Object outcome) {
        return Map.of();
    }

    /** Returns the application of a comparison's outcome to a state that must stay as it is, or null if there is none. */
    @Nullable
    Supplier<Object> applying(StatePair pair, Object outcome);

    /** Returns how many changes the outcome has. */
    int changes(Object outcome);
}
