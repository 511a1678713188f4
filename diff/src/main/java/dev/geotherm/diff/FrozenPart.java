package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;

/** A container as it was handed over: JSON that nobody changes any more. It becomes a {@link Branch} when an edit goes inside. */
final class FrozenPart extends Part {
    private final JsonNode json;
    private final long high;
    private final long low;
    private final long weight;

    private FrozenPart(JsonNode json, Measure measure) {
        this.json = json;
        this.high = measure.high;
        this.low = measure.low;
        this.weight = measure.weight;
    }

    /** Returns a container as it is, and takes its measure. */
    static FrozenPart of(JsonNode container, Measure measure) {
        StateHash.measure(container, measure);
        return new FrozenPart(container, measure);
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
