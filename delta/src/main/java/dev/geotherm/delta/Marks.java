package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A set of containers by their identity. The hash of an identity costs more than the copy of a small container, so those
 * that are added wait in a list until somebody asks.
 */
final class Marks {
    private final Set<JsonNode> hashed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<JsonNode> waiting = new ArrayList<>();

    void add(JsonNode container) {
        waiting.add(container);
    }

    boolean contains(JsonNode container) {
        return !isEmpty() && hashed().contains(container);
    }

    boolean remove(JsonNode container) {
        return !isEmpty() && hashed().remove(container);
    }

    void clear() {
        waiting.clear();
        hashed.clear();
    }

    private boolean isEmpty() {
        return waiting.isEmpty() && hashed.isEmpty();
    }

    private Set<JsonNode> hashed() {
        hashed.addAll(waiting);
        waiting.clear();
        return hashed;
    }
}
