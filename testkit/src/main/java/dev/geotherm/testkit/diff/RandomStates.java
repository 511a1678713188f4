package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A generator of random states with valid JSON that differs often get wrong: unusual keys and numbers, duplicates, nulls.
 */
public final class RandomStates {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> KEYS = List.of(
            "",
            "a",
            "b",
            "c",
            "0",
            "1",
            "-",
            "~",
            "/",
            "~1",
            ".",
            "a.b",
            "a/b",
            "*",
            "**",
            "constructor",
            "\u00e9",
            "\u0000",
            "\uD83D\uDE00",
            "\"",
            "\\",
            "ts");

    private RandomStates() {}

    /** Returns a state of up to a few hundred values. */
    public static JsonNode state(Random random) {
        return value(random, random.nextInt(6));
    }

    /** Returns a state similar to the given one, which is not modified. */
    public static JsonNode variant(JsonNode state, Random random) {
        int choice = random.nextInt(12);
        if (choice == 0) {
            return state(random);
        } else if (state instanceof ObjectNode object) {
            return variantOfObject(object, random);
        } else if (state instanceof ArrayNode array) {
            return variantOfArray(array, random);
        }
        return choice < 6 ? scalar(random) : state;
    }

    /** Returns an equal state with the members of each object in another order. */
    public static JsonNode shuffled(JsonNode state, Random random) {
        if (state instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
            Collections.shuffle(members, random);
            ObjectNode copy = NODES.objectNode();
            members.forEach(member -> copy.set(member.getKey(), shuffled(member.getValue(), random)));
            return copy;
        } else if (state instanceof ArrayNode array) {
            ArrayNode copy = NODES.arrayNode();
            array.forEach(element -> copy.add(shuffled(element, random)));
            return copy;
        }
        return state;
    }

    /** Returns the given value inside the given number of nested arrays. */
    public static JsonNode nested(int levels, JsonNode innermost) {
        JsonNode state = innermost;
        for (int i = 0; i < levels; i++) {
            JsonNode inner = state;
            state = i % 2 == 0
                    ? NODES.arrayNode().add(inner)
                    : NODES.objectNode().set("n", inner);
        }
        return state;
    }

    /** Returns a number, text, boolean or null. */
    public static JsonNode scalar(Random random) {
        return switch (random.nextInt(13)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2, 3, 4 -> NODES.numberNode(random.nextInt(4));
            case 5 -> NODES.numberNode((double) random.nextInt(4));
            case 6 -> NODES.numberNode(random.nextGaussian());
            case 7 -> NODES.numberNode(new BigInteger(200, random));
            case 8 -> DecimalNode.valueOf(new BigDecimal(new BigInteger(120, random), random.nextInt(60) - 20));
            case 9 -> NODES.numberNode(random.nextLong());
            case 10 -> NODES.numberNode(random.nextBoolean() ? 0.0 : -0.0);
            case 11 -> NODES.textNode(KEYS.get(random.nextInt(KEYS.size())));
            default -> NODES.textNode("text " + random.nextInt(4));
        };
    }

    private static JsonNode value(Random random, int levels) {
        int size = random.nextInt(5);
        if (levels == 0 || random.nextInt(5) == 0) {
            return scalar(random);
        } else if (random.nextBoolean()) {
            ObjectNode object = NODES.objectNode();
            for (int i = 0; i < size; i++) {
                object.set(KEYS.get(random.nextInt(KEYS.size())), value(random, levels - 1));
            }
            return object;
        }
        ArrayNode array = NODES.arrayNode();
        int length = random.nextInt(8) == 0 ? 40 : size;
        for (int i = 0; i < length; i++) {
            array.add(value(random, length > 10 ? 0 : levels - 1));
        }
        return array;
    }

    private static JsonNode variantOfObject(ObjectNode object, Random random) {
        ObjectNode copy = NODES.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (random.nextInt(6) != 0) {
                copy.set(
                        member.getKey(),
                        random.nextInt(3) == 0 ? variant(member.getValue(), random) : member.getValue());
            }
        }
        if (random.nextInt(4) == 0) {
            copy.set(KEYS.get(random.nextInt(KEYS.size())), value(random, 2));
        }
        return copy;
    }

    private static JsonNode variantOfArray(ArrayNode array, Random random) {
        List<JsonNode> elements = new ArrayList<>();
        for (JsonNode element : array) {
            int choice = random.nextInt(10);
            if (choice == 0) {
                elements.add(value(random, 2));
            }
            if (choice != 1) {
                elements.add(choice < 4 ? variant(element, random) : element);
            }
        }
        if (elements.size() > 1 && random.nextInt(4) == 0) {
            Collections.swap(elements, random.nextInt(elements.size()), random.nextInt(elements.size()));
        }
        return NODES.arrayNode().addAll(elements);
    }
}
