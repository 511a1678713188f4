package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A non-recursive builder of the JSON of a persistent container, and of its inner containers without cached JSON. */
final class JsonBuilder {
    private final List<PersistentContainer> found = new ArrayList<>();

    private JsonBuilder() {}

    static JsonNode of(PersistentContainer branch) {
        JsonBuilder making = new JsonBuilder();
        making.found.add(branch);
        for (int i = 0; i < making.found.size(); i++) {
            making.found.get(i).forEach(making::visit);
        }
        // Inner containers come later in the list.
        for (int i = making.found.size() - 1; i > 0; i--) {
            making.found.get(i).makeJson();
        }
        return branch.makeJson();
    }

    private void visit(Object value) {
        if (value instanceof PersistentContainer branch && !branch.hasJson()) {
            found.add(branch);
        }
    }
}
