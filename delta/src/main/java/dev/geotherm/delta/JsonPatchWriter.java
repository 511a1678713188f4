package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A writer of deltas as JSON Patches (RFC 6902). */
final class JsonPatchWriter {
    private JsonPatchWriter() {}

    /** Writes a delta; if the state before it is known, more operations can be ordered for compression. */
    static ArrayNode write(StateDelta delta, @Nullable JsonNode before) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode(delta.changes().size());
        for (Change change : JsonPatchOrder.of(delta.changes(), before)) {
            ObjectNode operation = patch.addObject();
            operation.put(
                    "op",
                    switch (change.kind()) {
                        case ADDED -> "add";
                        case REMOVED -> "remove";
                        case MOVED -> "move";
                        case TEXT_SPLICED ->
                            throw new DeltaException("a JSON Patch has no operation for the splice at '"
                                    + change.path().brief()
                                    + "'; pass the state before the delta to replace the whole text");
                        default -> "replace";
                    });
            if (change.from() != null) {
                operation.put("from", change.from().toString());
            }
            operation.put("path", change.path().toString());
            if (change.after() != null) {
                operation.set("value", change.after());
            }
        }
        return patch;
    }
}
