package dev.geotherm.anchors.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.delta.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of an anchor in the tracked state, at {@code /anchors/ID}. Setting a member to its current value makes no change.
 *
 * @param embedding the anchor's embedding, or null if the state does not contain embeddings
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ShownAnchor(
        AnchorId id,
        String text,
        double heat,
        double drift,
        long firstSeen,
        long lastSeen,
        long updates,
        List<String> utterances,
        float @Nullable [] embedding) {
    private static final Pointer ANCHORS = Pointer.of("anchors");

    /** Removes an anchor from the state, if present. */
    static void remove(AnchorId id, StateEditor editor) {
        Pointer path = ANCHORS.child(id.value());
        if (editor.get(path) != null) {
            editor.remove(path);
        }
    }

    /** Writes only the heat, if the state contains the anchor. */
    static void writeHeat(AnchorId id, double heat, StateEditor editor) {
        Pointer path = ANCHORS.child(id.value());
        if (editor.get(path) != null) {
            editor.set(path.child("heat"), DoubleNode.valueOf(heat));
        }
    }

    /** Adds the anchor to the state, or updates its changed members. */
    void write(StateEditor editor) {
        Pointer path = ANCHORS.child(id.value());
        JsonNode shown = editor.get(path);
        if (shown == null) {
            editor.set(path, whole());
            return;
        }
        editor.set(path.child("text"), TextNode.valueOf(text));
        editor.set(path.child("heat"), DoubleNode.valueOf(heat));
        editor.set(path.child("drift"), DoubleNode.valueOf(drift));
        editor.set(path.child("firstSeen"), time(firstSeen));
        editor.set(path.child("lastSeen"), time(lastSeen));
        editor.set(path.child("updates"), integer(updates));
        writeUtterances(shown.path("utterances"), path.child("utterances"), editor);
        Pointer numbers = path.child("embedding");
        if (embedding != null) {
            editor.set(numbers, numbers(embedding));
        } else if (shown.has("embedding")) {
            editor.remove(numbers);
        }
    }

    /** Inserts and removes individual ids; both lists are sorted. */
    private void writeUtterances(JsonNode shown, Pointer path, StateEditor editor) {
        int at = 0; // the index in the array edited so far
        int next = 0;
        for (JsonNode each : elements(shown)) {
            String old = each.textValue();
            while (next < utterances.size() && utterances.get(next).compareTo(old) < 0) {
                editor.insert(path.child(at++), TextNode.valueOf(utterances.get(next++)));
            }
            if (next < utterances.size() && utterances.get(next).equals(old)) {
                next++;
                at++;
            } else {
                editor.remove(path.child(at));
            }
        }
        while (next < utterances.size()) {
            editor.insert(path.child(at++), TextNode.valueOf(utterances.get(next++)));
        }
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>(array.size());
        array.forEach(elements::add);
        return elements;
    }

    private ObjectNode whole() {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("text", text);
        whole.put("heat", heat);
        whole.put("drift", drift);
        whole.set("firstSeen", time(firstSeen));
        whole.set("lastSeen", time(lastSeen));
        whole.set("updates", integer(updates));
        ArrayNode ids = whole.putArray("utterances");
        utterances.forEach(ids::add);
        if (embedding != null) {
            whole.set("embedding", numbers(embedding));
        }
        return whole;
    }

    private static TextNode time(long nanos) {
        return TextNode.valueOf(EpochNanos.toInstant(nanos).toString());
    }

    /** Returns a whole number as the same node type that a JSON parser returns. */
    private static JsonNode integer(long number) {
        return (int) number == number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    /** Returns each number in its shortest decimal form, which parses to the same float. */
    private static ArrayNode numbers(float[] vector) {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode(vector.length);
        for (float number : vector) {
            numbers.add(Double.parseDouble(Float.toString(number)));
        }
        return numbers;
    }
}
