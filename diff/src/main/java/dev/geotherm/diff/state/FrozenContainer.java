package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A container that was passed in as JSON and is not modified. It is converted to a {@link PersistentContainer} when an
 * edit reaches inside it.
 */
final class FrozenContainer extends HashedContainer {
    private final JsonNode json;
    private final long high;
    private final long low;
    private final long weight;

    private FrozenContainer(JsonNode json, HashRegister measure) {
        this.json = json;
        this.high = measure.high;
        this.low = measure.low;
        this.weight = measure.weight;
    }

    /** Wraps a container, and measures it. */
    static FrozenContainer of(JsonNode container, HashRegister measure) {
        StateHash.measure(container, measure);
        return new FrozenContainer(container, measure);
    }

    @Override
    long high() {
        return high;
    }

    @Override
    long low() {
        return low;
    }

    @Override
    long weight() {
        return weight;
    }

    @Override
    JsonNode toJson() {
        return json;
    }
}
