package dev.geotherm.diff.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Deep copies of JSON values, without recursion; scalars are immutable and shared. */
public final class JsonCopy {
    private final Deque<JsonNode> open = new ArrayDeque<>();

    private JsonCopy() {}

    public static JsonNode of(JsonNode value) {
        return new JsonCopy().copy(value);
    }

    private JsonNode copy(JsonNode value) {
        JsonNode root = begin(value);
        while (!open.isEmpty()) {
            JsonNode from = open.pop();
            JsonNode to = open.pop();
            if (to instanceof ObjectNode object) {
                for (Map.Entry<String, JsonNode> member : from.properties()) {
                    object.set(member.getKey(), begin(member.getValue()));
                }
            } else {
                from.forEach(element -> ((ArrayNode) to).add(begin(element)));
            }
        }
        return root;
    }

    private JsonNode begin(JsonNode value) {
        if (!value.isContainerNode()) {
            return value;
        }
        JsonNode copy = value.isObject()
                ? JsonNodeFactory.instance.objectNode()
                : JsonNodeFactory.instance.arrayNode(value.size());
        open.push(copy);
        open.push(value);
        return copy;
    }
}
