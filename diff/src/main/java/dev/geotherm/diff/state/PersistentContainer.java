package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Pointer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container that shares unchanged parts with earlier versions.
 *
 * <p>The commit that owns it modifies it in place; after that commit it is immutable.
 */
abstract sealed class PersistentContainer extends HashedContainer permits PersistentObject, PersistentArray {
    private final Object owner;
    private long weight;
    /** Created on demand; concurrent readers may create it twice. */
    private volatile @Nullable JsonNode json;

    /**
     * Creates a container. Compute all arguments of a subclass constructor before the allocation; see
     * {@link ArrayCopies#copy}.
     */
    PersistentContainer(Object owner, long weight) {
        this.owner = owner;
        this.weight = weight;
    }

    final Object owner() {
        return owner;
    }

    /** Returns a copy that a commit can modify; the cost is bounded. */
    abstract PersistentContainer copyFor(Object commit);

    /** Returns the value at the last step of a path, or null if the step does not exist. */
    abstract @Nullable Object child(Pointer step);

    /**
     * Finds the same value for the owner, and stores its slot in {@code place}, which is valid until the next change.
     */
    abstract @Nullable Object seek(Pointer step, ChildSlot place);

    /** Replaces a child by another container with the same hash. */
    abstract void adopt(ChildSlot place, PersistentContainer child);

    /** Updates the hash after a child was modified in place. */
    abstract void rehash(ChildSlot place, PersistentContainer child, HashRegister before, HashRegister after);

    /** Replaces a value; the measures are those of the old and the new value. */
    abstract void exchange(ChildSlot place, Object value, HashRegister before, HashRegister after);

    /** Adds a new member, or inserts an element before an index. */
    abstract void add(Pointer step, Object value, HashRegister after);

    /** Removes a member or element. */
    abstract void remove(ChildSlot place, HashRegister before);

    /** Calls the action with each value in this container. */
    abstract void forEach(Consumer<Object> action);

    /** Builds the JSON from the JSON of the children, which must already exist. */
    abstract JsonNode build();

    final void changed(long bytes) {
        weight += bytes;
        if (json != null) {
            json = null;
        }
    }

    @Override
    final long weight() {
        return weight;
    }

    final boolean hasJson() {
        return json != null;
    }

    final JsonNode makeJson() {
        JsonNode made = build();
        json = made;
        return made;
    }

    @Override
    final JsonNode toJson() {
        JsonNode known = json;
        return known != null ? known : JsonBuilder.of(this);
    }
}
