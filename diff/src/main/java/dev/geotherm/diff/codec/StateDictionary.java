package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The names and texts of a state as a dictionary for the compression of its deltas; equal for equal states. */
final class StateDictionary {
    private static final int MAX_BYTES = 8 << 20;

    /**
     * The number of characters used of a state that is too large for the dictionary: they rarely contain what a delta
     * repeats, and a compressor would need seconds to load a full dictionary.
     */
    private static final int SAMPLE_LENGTH = 1 << 20;

    private static final int SHORTEST = 4;

    private final Set<String> texts = new HashSet<>();
    private long length;

    private StateDictionary() {}

    /**
     * Returns each name and text once, sorted, so that the order of members does not matter; at most 8 MiB. For a state
     * with more than 8 Mi characters of names and texts, returns about 1 Mi characters from its end.
     */
    static byte[] of(JsonNode state) {
        StateDictionary texts = new StateDictionary();
        if (!texts.take(state, MAX_BYTES, false)) {
            texts = new StateDictionary();
            texts.take(state, SAMPLE_LENGTH, true);
        }
        return texts.toBytes();
    }

    /** Adds texts until there are more than {@code most} characters; returns whether all were added. */
    private boolean take(JsonNode state, int most, boolean inOrder) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(state);
        while (!open.isEmpty() && length <= most) {
            JsonNode node = open.pop();
            if (node.isObject()) {
                for (Map.Entry<String, JsonNode> member : members(node, inOrder)) {
                    add(member.getKey());
                    open.push(member.getValue());
                }
            } else if (node.isTextual()) {
                add(node.textValue());
            } else {
                node.forEach(open::push);
            }
        }
        return length <= most;
    }

    private static Collection<Map.Entry<String, JsonNode>> members(JsonNode object, boolean inOrder) {
        if (!inOrder) {
            return object.properties();
        }
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        return sorted.entrySet();
    }

    private void add(String text) {
        if (text.length() >= SHORTEST && texts.add(text)) {
            length += text.length();
        }
    }

    private byte[] toBytes() {
        String[] sorted = texts.toArray(new String[0]);
        Arrays.sort(sorted);
        ByteColumn bytes = new ByteColumn();
        for (String text : sorted) {
            if (bytes.size() + 3L * text.length() <= MAX_BYTES) {
                bytes.putText(text, 0);
            }
        }
        return bytes.toBytes();
    }
}
