package dev.geotherm.diff.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** The approximate number of characters of values as JSON, counted up to a limit. */
public final class JsonSize {
    private static final int MAX_LEVEL = 100;
    private static final int DECIMAL = 17;

    private final long limit;
    private long size;

    private JsonSize(long limit) {
        this.limit = limit;
    }

    /** Returns the size, or a number above the limit; extremely deep values exceed any limit. */
    public static long of(JsonNode value, long limit) {
        JsonSize sum = new JsonSize(limit);
        sum.add(value, 0);
        return sum.size;
    }

    private void add(JsonNode value, int level) {
        if (value instanceof TextNode) {
            size += 2 + value.textValue().length();
        } else if (value instanceof ContainerNode) {
            size += 2;
            if (level == MAX_LEVEL) {
                size += limit;
            } else if (value instanceof ObjectNode object) {
                addMembers(object, level);
            } else if (value instanceof ArrayNode array) {
                for (int i = 0; i < array.size() && size <= limit; i++) {
                    size++;
                    add(array.get(i), level + 1);
                }
            }
        } else {
            size += value instanceof IntNode ? digits(value.intValue()) : value.isNumber() ? DECIMAL : 4;
        }
    }

    private void addMembers(ObjectNode object, int level) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            size += 4 + member.getKey().length();
            add(member.getValue(), level + 1);
            if (size > limit) {
                return;
            }
        }
    }

    private static int digits(int number) {
        int digits = number < 0 ? 2 : 1;
        for (int rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
