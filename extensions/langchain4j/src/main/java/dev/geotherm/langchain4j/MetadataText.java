package dev.geotherm.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.document.Metadata;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The text form of LangChain4j metadata: a JSON object with string values, each prefixed with a letter for its type. Equal
 * metadata has equal texts, and values keep their types.
 */
final class MetadataText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MetadataText() {}

    /** Returns the text of metadata. */
    static String write(Metadata metadata) {
        ObjectNode json = MAPPER.createObjectNode();
        new TreeMap<>(metadata.toMap()).forEach((key, value) -> json.put(key, typed(key, value)));
        return json.toString();
    }

    /** Returns the text of one value, prefixed with a letter for its type. */
    static String typed(String key, Object value) {
        return type(key, value) + ":" + value;
    }

    private static char type(String key, Object value) {
        if (value instanceof String) {
            return 's';
        } else if (value instanceof UUID) {
            return 'u';
        } else if (value instanceof Integer) {
            return 'i';
        } else if (value instanceof Long) {
            return 'l';
        } else if (value instanceof Float) {
            return 'f';
        } else if (value instanceof Double) {
            return 'd';
        }
        throw new IllegalArgumentException("metadata '" + key + "' is a "
                + value.getClass().getName() + "; a String, UUID, Integer, Long, Float or Double was expected");
    }

    /** Parses the text of metadata. */
    static Metadata read(String text) {
        try {
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> each : MAPPER.readTree(text).properties()) {
                values.put(each.getKey(), value(each.getValue().asText()));
            }
            return Metadata.from(values);
        } catch (JsonProcessingException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** Parses a text returned by {@link #typed}. */
    static Object value(String typed) {
        String value = typed.substring(2);
        return switch (typed.charAt(0)) {
            case 's' -> value;
            case 'u' -> UUID.fromString(value);
            case 'i' -> Integer.valueOf(value);
            case 'l' -> Long.valueOf(value);
            case 'f' -> Float.valueOf(value);
            case 'd' -> Double.valueOf(value);
            default -> throw new IllegalArgumentException("metadata has a value of the unknown type " + typed);
        };
    }
}
