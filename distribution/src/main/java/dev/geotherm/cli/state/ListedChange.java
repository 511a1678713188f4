package dev.geotherm.cli.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A change with its position in the two documents, which is independent of the other changes.
 *
 * @param old the value that the change removes or replaces, or null
 * @param order the order of the array if an element is added, removed or moved, or null
 * @param element the number of that element in the order
 */
record ListedChange(
        Change change, @Nullable JsonNode old, @Nullable ArrayOrder order, int element) {

    /** Returns the path in the later document, or in the earlier array if an element is removed. */
    Pointer path() {
        Pointer array = change.path().parent();
        if (order == null || array == null) {
            return change.path();
        }
        return array.child(earlierArray() == null ? order.indexOf(element) : element);
    }

    /** Returns the path of a moved value in the earlier array. */
    @Nullable
    Pointer from() {
        Pointer from = change.from();
        return from == null || order == null || from.parent() == null
                ? from
                : from.parent().child(element);
    }

    /** Returns the earlier array if one of its elements is removed, else null. */
    @Nullable
    JsonNode earlierArray() {
        return order != null && change.kind() == ChangeKind.REMOVED ? order.before() : null;
    }
}
