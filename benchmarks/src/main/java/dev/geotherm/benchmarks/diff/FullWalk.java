package dev.geotherm.benchmarks.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** E, the measure of comparisons: a state is equal to itself read once more, which every value has to be looked at for. */
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
