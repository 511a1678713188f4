package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Pointer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container that shares what has not changed with those it was made from.
 *
 * <p>While its owner, one commit, is at work, it is changed in place; afterwards nobody changes it any more.
 */
abstract sealed class PersistentContainer extends HashedContainer permits PersistentObject, PersistentArray {
    private final Object owner;
    private long weight;
    /** Made when first asked for; readers may make it twice. */
    private volatile @Nullable JsonNode json;

    /** To be called with all that is needed at hand; see {@link ArrayCopies#copy}. */
    PersistentContainer(Object owner, long weight) {
        this.owner = owner;
        this.weight = weight;
    }

    final Object owner() {
        return owner;
    }

    /** Returns a copy for a commit to change; costs what this holds itself, for which there are bounds. */
    abstract PersistentContainer copyFor(Object commit);

    /** Returns the value at the last step of a path, or null if there is none. */
    abstract @Nullable Object child(Pointer step);

    /** Finds the same for the owner, who is told the place, to change it before anything else here. */
    abstract @Nullable Object seek(Pointer step, ChildSlot place);

    /** Puts another object in the place of a child that has the same hash. */
    abstract void adopt(ChildSlot place, PersistentContainer child);

    /** Takes up the new hash of a child that was changed in place. */
    abstract void rehash(ChildSlot place, PersistentContainer child, HashRegister before, HashRegister after);

    /** Puts a value in the place of another; the measures are those of the old and the new one. */
    abstract void exchange(ChildSlot place, Object value, HashRegister before, HashRegister after);

    /** Puts in a member that is not there yet, or an element before an index. */
    abstract void add(Pointer step, Object value, HashRegister after);

    /** Takes out a member or element. */
    abstract void remove(ChildSlot place, HashRegister before);

    /** Calls the action with each value in this. */
    abstract void forEach(Consumer<Object> action);

    /** Makes JSON of JSON children that were made before. */
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
