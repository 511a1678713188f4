package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A set of containers by identity. Computing an identity hash costs more than copying a small container, so added
 * containers stay in a list until the first lookup.
 */
final class IdentitySet {
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
