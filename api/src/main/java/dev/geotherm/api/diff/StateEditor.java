package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The edits of one commit; each sees the effect of those before it.
 *
 * <p>For the thread that calls {@link TrackedState#edit}, during that call. Values that are passed in are handed over:
 * nobody may change them afterwards.
 */
public interface StateEditor {

    /** Returns the value at the path as edited so far, or null if there is none; it must not be changed. */
    @Nullable
    JsonNode get(Pointer path);

    /** Returns the number of elements of the array at the path as edited so far, or -1 if there is none. */
    default int arraySize(Pointer path) {
        JsonNode value = get(path);
        return value != null && value.isArray() ? value.size() : -1;
    }

    /**
     * Puts a value: replaces the one at the path, or adds a member to an object.
     *
     * @throws DeltaException if the parent of the path is no container, or the index is none of the array's
     * @throws IllegalArgumentException if there is something in the value that JSON has not or its readers refuse, such as a
     *     NaN or a name with half a surrogate pair; the message
     *     has its path
     */
    StateEditor set(Pointer path, JsonNode value);

    /**
     * Inserts an element into an array, before the index that the path ends with; the index after the last appends, and
     * so does the token {@code -}.
     *
     * @throws DeltaException if the parent of the path is no array, or the index is out of bounds
     * @throws IllegalArgumentException as {@link #set} does
     */
    StateEditor insert(Pointer path, JsonNode value);

    /**
     * Removes a member or an element.
     *
     * @throws DeltaException if there is nothing at the path, or it is the root
     */
    StateEditor remove(Pointer path);

    /**
     * Moves a value: removes it, then inserts it into an array or sets it as a member of an object.
     *
     * @throws DeltaException if there is nothing at {@code from}, or {@code path} lies inside of it or has no parent
     */
    StateEditor move(Pointer from, Pointer path);

    /** Returns a view on the object at the path, which need not be there yet: its members with their types. */
    default ObjectView object(Pointer path) {
        return new ObjectView(this, path);
    }
}
