package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Pointer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container that shares what has not changed with those it was made from.
 *
 * <p>While its owner, one commit, is at work, it is changed in place; afterwards nobody changes it any more.
 */
abstract sealed class Branch extends Part permits ObjectBranch, ArrayBranch {
    private final @Nullable Object owner;
    private long high;
    private long low;
    private long weight;
    /** Made when first asked for; readers may make it twice. */
    private volatile @Nullable JsonNode json;

    Branch(@Nullable Object owner) {
        this.owner = owner;
    }

    /** Creates a copy. */
    Branch(Object owner, Branch from) {
        this.owner = owner;
        high = from.high;
        low = from.low;
        weight = from.weight;
    }

    final boolean isOwnedBy(Object commit) {
        return owner == commit;
    }

    /** Returns a copy for a commit to change; costs a few fields. */
    abstract Branch copyFor(Object commit);

    abstract int size();

    /** Takes the measure of a step's name, if names count here. */
    abstract void measureName(String token, Measure into);

    /** Returns the index that the last step of a path means here; -1 where it means none. */
    abstract int place(Pointer path);

    /** Returns the value at the last step of a path, or null if there is none. */
    abstract @Nullable Object child(String token, int index);

    /** Puts another object in the place of a child that has the same hash. */
    abstract void adopt(String token, int index, Branch child);

    /** Takes up the new hash of a child that was changed in place. */
    abstract void rehash(Measure name, int index, Branch child, Measure before, Measure after);

    /** Puts a value in the place of another; the measures are those of the old and the new one. */
    abstract void exchange(String token, Measure name, int index, Object value, Measure before, Measure after);

    /** Puts in a member that is not there yet, or an element before an index. */
    abstract void add(String token, Measure name, int index, Object value, Measure after);

    /** Takes out a member or element that is there. */
    abstract void remove(String token, Measure name, int index, Measure before);

    /** Ends the changes. */
    abstract void settle();

    /** Calls the action with each value in this. */
    abstract void forEach(Consumer<Object> action);

    /** Makes JSON of JSON children that were made before. */
    abstract JsonNode build();

    final void seal(boolean object, long sumHigh, long sumLow, long bytes) {
        high = sealHigh(object, sumHigh);
        low = sealLow(object, sumLow);
        weight = bytes;
        if (json != null) {
            json = null;
        }
    }

    @Override
    final long high() {
        return high;
    }

    @Override
    final long low() {
        return low;
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
        return known != null ? known : JsonMaking.of(this);
    }
}
