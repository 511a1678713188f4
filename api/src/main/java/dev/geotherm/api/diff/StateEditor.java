package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * An editor for one commit; each edit sees the effect of the previous ones.
 *
 * <p>Usable only by the thread that calls {@link TrackedState#edit}, and only during that call. The editor takes
 * ownership of the values that it receives: the caller must not modify them afterwards.
 */
public interface StateEditor {

    /**
     * Returns the value at the path after the edits so far, or null if the path does not exist; it must not be
     * modified.
     */
    @Nullable
    JsonNode get(Pointer path);

    /** Returns the size of the array at the path after the edits so far, or -1 if there is no array. */
    default int arraySize(Pointer path) {
        JsonNode value = get(path);
        return value != null && value.isArray() ? value.size() : -1;
    }

    /**
     * Sets a value: replaces the one at the path, or adds a member to an object.
     *
     * @throws DeltaException if the parent of the path is not a container, or the array has no such index
     * @throws IllegalArgumentException if the value contains values that JSON cannot represent or its parsers refuse,
     *     such as NaN or a member name with an unpaired surrogate; the message names the path
     */
    StateEditor set(Pointer path, JsonNode value);

    /**
     * Inserts an element into an array, at the index at the end of the path. The index after the last element appends,
     * and so does the token {@code -}.
     *
     * @throws DeltaException if the parent of the path is not an array, or the index is out of bounds
     * @throws IllegalArgumentException as {@link #set} does
     */
    StateEditor insert(Pointer path, JsonNode value);

    /**
     * Removes a member or an element.
     *
     * @throws DeltaException if there is no value at the path, or it is the root
     */
    StateEditor remove(Pointer path);

    /**
     * Moves a value: removes it, then inserts it into an array or sets it as a member of an object.
     *
     * @throws DeltaException if there is no value at {@code from}, or {@code path} is inside that value or has no
     *     parent
     */
    StateEditor move(Pointer from, Pointer path);

    /** Returns a typed view of the object at the path, which need not exist yet. */
    default ObjectView object(Pointer path) {
        return new ObjectView(this, path);
    }
}
