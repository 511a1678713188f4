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

/**
 * A typed view of one anchor in the tracked state, {@code /anchors/ID}, during one edit. Setting a member to its current
 * value makes no change.
 */
final class AnchorView {
    private static final Pointer ANCHORS = Pointer.of("anchors");

    private final StateEditor editor;
    private final Pointer path;

    AnchorView(StateEditor editor, AnchorId id) {
        this.editor = editor;
        this.path = ANCHORS.child(id.value());
    }

    /** Adds the whole anchor, or replaces it. */
    void create(MutableAnchor anchor, boolean withEmbedding) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("text", anchor.text());
        whole.put("heat", anchor.heat());
        whole.put("drift", anchor.drift());
        whole.put("firstSeen", anchor.firstSeen().toString());
        whole.put("lastSeen", anchor.lastSeen().toString());
        whole.set("updates", integer(anchor.updates()));
        ArrayNode ids = whole.putArray("utterances");
        anchor.utterances().forEach(ids::add);
        if (withEmbedding) {
            whole.set("embedding", numbers(anchor.embedding()));
        }
        editor.set(path, whole);
    }

    void remove() {
        editor.remove(path);
    }

    void heat(double heat) {
        editor.set(path.child("heat"), DoubleNode.valueOf(heat));
    }

    /** Writes everything that a reinforcement changes, except for utterances and embedding. */
    void reinforced(MutableAnchor anchor) {
        heat(anchor.heat());
        editor.set(path.child("drift"), DoubleNode.valueOf(anchor.drift()));
        editor.set(path.child("lastSeen"), TextNode.valueOf(anchor.lastSeen().toString()));
        editor.set(path.child("updates"), integer(anchor.updates()));
    }

    void addUtterance(String id) {
        editor.insert(path.child("utterances").child("-"), TextNode.valueOf(id));
    }

    void embedding(float[] vector) {
        editor.set(path.child("embedding"), numbers(vector));
    }

    void withoutEmbedding() {
        Pointer embedding = path.child("embedding");
        if (editor.get(embedding) != null) {
            editor.remove(embedding);
        }
    }

    /** Returns a whole number as the node type that a JSON parser gives it. */
    private static JsonNode integer(long number) {
        return (int) number == number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    /** Returns each number in its shortest decimal form, which reads back as the same float. */
    private static ArrayNode numbers(float[] vector) {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode(vector.length);
        for (float number : vector) {
            numbers.add(Double.parseDouble(Float.toString(number)));
        }
        return numbers;
    }
}
