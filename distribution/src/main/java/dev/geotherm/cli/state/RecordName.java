package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.Pointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The name by which people know an element of an array: its member {@code name}, {@code id}, {@code key}, {@code title} or
 * the like, that of its metadata or properties, or else a text that no other element has in the same member.
 */
final class RecordName {
    private static final List<String> NAMES =
            List.of("name", "id", "_id", "key", "title", "label", "code", "slug", "uid", "path", "url", "index_key");
    private static final List<String> INNER = List.of("metadata", "properties", "attributes");
    private static final List<String> KINDS = List.of("kind", "type");
    private static final int SIBLINGS = 1_000;
    private static final int LONGEST = 60;

    private RecordName() {}

    /**
     * Returns the names of the elements on the way to a place, from the outermost on, or null if none has a name.
     *
     * @param state the state in which the place is
     * @param value what is at the place if the state does not have it yet, else null
     */
    static @Nullable String of(JsonNode state, Pointer path, @Nullable JsonNode value) {
        String names = null;
        JsonNode node = state;
        int depth = 0;
        for (String token : path.tokens()) {
            depth++;
            JsonNode child;
            if (node instanceof ArrayNode array) {
                child = value != null && depth == path.depth() ? value : array.path(index(token));
                String own = name(child, array);
                names = own == null ? names : names == null ? own : names + " / " + own;
            } else {
                child = node.path(token);
            }
            node = child;
        }
        return names;
    }

    private static int index(String token) {
        try {
            return Integer.parseInt(token);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static @Nullable String name(JsonNode element, ArrayNode siblings) {
        if (!(element instanceof ObjectNode object)) {
            return null;
        }
        String name = named(object);
        for (int i = 0; i < INNER.size() && name == null; i++) {
            name = object.get(INNER.get(i)) instanceof ObjectNode inner ? named(inner) : null;
        }
        if (name == null) {
            return unique(object, siblings);
        }
        for (String kind : KINDS) {
            JsonNode value = object.get(kind);
            if (value != null && value.isTextual() && !value.textValue().equals("Feature")) {
                return value.textValue() + " " + name;
            }
        }
        return name;
    }

    private static @Nullable String named(ObjectNode object) {
        for (String member : NAMES) {
            String text = text(object.get(member));
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        if (value == null || value.isContainerNode() || value.isNull() || value.isBoolean()) {
            return null;
        }
        String text = value.asText();
        return text.isBlank() || text.length() > LONGEST ? null : text;
    }

    private static @Nullable String unique(ObjectNode object, ArrayNode siblings) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            if (value.isTextual() && text(value) != null && isUnique(member.getKey(), value, object, siblings)) {
                return value.textValue();
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the element itself is not its sibling
    private static boolean isUnique(String member, JsonNode value, ObjectNode object, ArrayNode siblings) {
        int count = Math.min(siblings.size(), SIBLINGS);
        for (int i = 0; i < count; i++) {
            JsonNode sibling = siblings.get(i);
            if (sibling != object && value.equals(sibling.get(member))) {
                return false;
            }
        }
        return count > 1;
    }
}
