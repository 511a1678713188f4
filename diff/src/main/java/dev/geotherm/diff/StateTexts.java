package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The names and texts of a state, as a dictionary for the compression of a delta of it: the same for equal states. */
final class StateTexts {
    private static final int MOST_BYTES = 8 << 20;
    private static final int SHORTEST = 4;

    private StateTexts() {}

    /** Returns each name and text once, in their order, so that the order of members does not matter; 8 MiB at most. */
    static byte[] of(JsonNode state) {
        Set<String> texts = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(state);
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            if (node.isObject()) {
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    add(member.getKey(), texts);
                    open.push(member.getValue());
                }
            } else if (node.isTextual()) {
                add(node.textValue(), texts);
            } else {
                node.forEach(open::push);
            }
        }
        String[] sorted = texts.toArray(new String[0]);
        Arrays.sort(sorted);
        ByteColumn bytes = new ByteColumn();
        for (String text : sorted) {
            if (bytes.size() + 3L * text.length() <= MOST_BYTES) {
                bytes.putText(text, 0);
            }
        }
        return bytes.toBytes();
    }

    private static void add(String text, Set<String> to) {
        if (text.length() >= SHORTEST) {
            to.add(text);
        }
    }
}
