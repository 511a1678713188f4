package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.ObjectView;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.delta.Pointer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One anchor in the tracked state of a store, {@code /anchors/ID}: its fields with their types, for an edit to write.
 *
 * <p>Lives as long as the editor; fields that are set to what they are make no change.
 */
public final class AnchorView {
    /** Where the anchors are: an object by id. */
    public static final Pointer ANCHORS = Pointer.of("anchors");

    private final StateEditor editor;
    private final ObjectView fields;

    private AnchorView(StateEditor editor, AnchorId id) {
        this.editor = editor;
        this.fields = editor.object(ANCHORS.child(id.value()));
    }

    /** Returns the view on an anchor, whether or not the state has it. */
    public static AnchorView of(StateEditor editor, AnchorId id) {
        return new AnchorView(editor, id);
    }

    /** Puts a whole anchor in; the embedding may be left out. */
    public AnchorView create(
            String text,
            double heat,
            double drift,
            Instant firstSeen,
            Instant lastSeen,
            long updates,
            List<String> utterances,
            float @Nullable [] embedding) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("text", text);
        whole.put("heat", heat);
        whole.put("drift", drift);
        whole.put("firstSeen", firstSeen.toString());
        whole.put("lastSeen", lastSeen.toString());
        if ((int) updates == updates) {
            whole.put("updates", (int) updates); // the type that a parser gives it
        } else {
            whole.put("updates", updates);
        }
        ArrayNode ids = whole.putArray("utterances");
        utterances.forEach(ids::add);
        if (embedding != null) {
            whole.set("embedding", numbers(embedding));
        }
        editor.set(fields.path(), whole);
        return this;
    }

    /** Takes the anchor out. */
    public void remove() {
        editor.remove(fields.path());
    }

    /** Returns the text. */
    public String text() {
        return fields.text("text");
    }

    /** Returns the heat. */
    public double heat() {
        return fields.number("heat");
    }

    /** Sets the heat. */
    public AnchorView heat(double heat) {
        fields.set("heat", heat);
        return this;
    }

    /** Sets how far the embedding has gone from where it began. */
    public AnchorView drift(double drift) {
        fields.set("drift", drift);
        return this;
    }

    /** Sets when the anchor was reinforced last. */
    public AnchorView lastSeen(Instant time) {
        fields.set("lastSeen", time.toString());
        return this;
    }

    /** Sets how often it was reinforced. */
    public AnchorView updates(long updates) {
        fields.set("updates", updates);
        return this;
    }

    /** Returns the ids of the fragments that made it, oldest first; must not be changed. */
    public JsonNode utterances() {
        JsonNode utterances = fields.get("utterances");
        return utterances == null ? JsonNodeFactory.instance.arrayNode() : utterances;
    }

    /** Appends the id of a fragment. */
    public AnchorView utterance(String id) {
        fields.append("utterances", id);
        return this;
    }

    /** Sets the embedding, each number in its shortest decimal form, which reads back as the same float. */
    public AnchorView embedding(float[] vector) {
        fields.set("embedding", numbers(vector));
        return this;
    }

    private static ArrayNode numbers(float[] vector) {
        ArrayNode numbers = JsonNodeFactory.instance.arrayNode(vector.length);
        for (float number : vector) {
            numbers.add(Double.parseDouble(Float.toString(number)));
        }
        return numbers;
    }

    /** Takes the embedding out, if there is one. */
    public AnchorView withoutEmbedding() {
        fields.remove("embedding");
        return this;
    }
}
