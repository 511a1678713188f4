package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Makes JSON of a branch and of those in it that have none yet, without recursion. */
final class JsonMaking {
    private final List<Branch> found = new ArrayList<>();

    private JsonMaking() {}

    static JsonNode of(Branch branch) {
        JsonMaking making = new JsonMaking();
        making.found.add(branch);
        for (int i = 0; i < making.found.size(); i++) {
            making.found.get(i).forEach(making::visit);
        }
        // Those further in were found later.
        for (int i = making.found.size() - 1; i > 0; i--) {
            making.found.get(i).makeJson();
        }
        return branch.makeJson();
    }

    private void visit(Object value) {
        if (value instanceof Branch branch && !branch.hasJson()) {
            found.add(branch);
        }
    }
}
