package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** E, the unit of comparisons: the equality check of a state and a second parse of it, which visits every value. */
final class FullWalk implements Contender {

    @Override
    public String name() {
        return "E";
    }

    @Override
    public Supplier<Object> comparing(StatePair pair) {
        JsonNode again = pair.beforeAgain();
        return () -> {
            if (!pair.before().equals(again)) {
                throw new IllegalStateException("a state is not equal to itself");
            }
            return again;
        };
    }

    @Override
    public byte @Nullable [] patch(StatePair pair, Object outcome) {
        return null;
    }

    @Override
    public @Nullable Supplier<Object> applying(StatePair pair, Object outcome) {
        return null;
    }

    @Override
    public int changes(Object outcome) {
        return 0;
    }
}
