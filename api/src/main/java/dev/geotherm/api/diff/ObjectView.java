package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A typed view of an object in a state that is being edited.
 *
 * <p>Valid only while its editor is; its writes are edits of that editor. Consecutive edits resolve the path only once.
 */
public final class ObjectView {
    private final StateEditor editor;
    private final Pointer path;

    ObjectView(StateEditor editor, Pointer path) {
        this.editor = editor;
        this.path = path;
    }

    /** Returns the path of the object. */
    public Pointer path() {
        return path;
    }

    /** Returns the value of a member, or null if the member does not exist; it must not be modified. */
    public @Nullable JsonNode get(String name) {
        return editor.get(path.child(name));
    }

    /** Returns whether the object has a member of this name. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /**
     * Returns a number.
     *
     * @throws DeltaException if the member is missing or of another type
     */
    public double number(String name) {
        JsonNode value = get(name);
        if (value == null || !value.isNumber()) {
            throw new DeltaException("there is no number at '" + path.child(name) + "'");
        }
        return value.doubleValue();
    }

    /**
     * Returns a text.
     *
     * @throws DeltaException if the member is missing or of another type
     */
    public String text(String name) {
        JsonNode value = get(name);
        if (value == null || !value.isTextual()) {
            throw new DeltaException("there is no text at '" + path.child(name) + "'");
        }
        return value.textValue();
    }

    /** Sets a member, as {@link StateEditor#set} does. */
    public ObjectView set(String name, JsonNode value) {
        editor.set(path.child(name), value);
        return this;
    }

    /**
     * Sets a floating-point number, which is written with a fraction.
     *
     * @throws IllegalArgumentException if it is not finite, because JSON cannot represent that
     */
    public ObjectView set(String name, double value) {
        return set(name, DoubleNode.valueOf(value));
    }

    /** Sets a whole number, as an int if it fits and otherwise as a long, like a JSON parser. */
    public ObjectView set(String name, long value) {
        return set(name, (int) value == value ? IntNode.valueOf((int) value) : LongNode.valueOf(value));
    }

    /** Sets a text. */
    public ObjectView set(String name, String value) {
        return set(name, TextNode.valueOf(value));
    }

    /** Appends to a member that is an array, as {@link StateEditor#insert} does. */
    public ObjectView append(String name, JsonNode value) {
        editor.insert(path.child(name).child("-"), value);
        return this;
    }

    /** Appends a text. */
    public ObjectView append(String name, String value) {
        return append(name, TextNode.valueOf(value));
    }

    /** Removes a member if it exists. */
    public ObjectView remove(String name) {
        if (has(name)) {
            editor.remove(path.child(name));
        }
        return this;
    }
}
