package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the elements of two arrays: equal elements have equal ids; elements of the second array that are not in
 * the first have -1.
 *
 * <p>Elements are looked up by hash and then compared, so hashes need not be unique; after {@value #MAX_COLLISIONS}
 * different elements with the same hash, further ones are treated as different from all others. Instances that both
 * arrays share are matched without visiting their content.
 */
final class ElementIds {
    private static final int MAX_COLLISIONS = 16;
    private static final int SAMPLES = 3;

    final int[] a;
    final int[] b;

    private final JsonNode first;
    private final JsonNode second;
    private final int head;
    private final PathMatch match;
    private final Equality equality;
    private final StructuralHash hash;
    private final int[] slots;
    private final long[] hashes;
    private final JsonNode[] values;
    private final boolean byInstance;
    private int count;

    /** Assigns ids to the elements between {@code head} and the ends. */
    ElementIds(
            JsonNode first,
            int firstEnd,
            JsonNode second,
            int secondEnd,
            int head,
            PathMatch match,
            Equality equality,
            StructuralHash hash) {
        this.first = first;
        this.second = second;
        this.head = head;
        this.match = match;
        this.equality = equality;
        this.hash = hash;
        a = new int[firstEnd - head];
        b = new int[secondEnd - head];
        slots = new int[Integer.highestOneBit(Math.max(4, a.length)) * 4];
        hashes = new long[a.length];
        values = new JsonNode[a.length];
        Arrays.fill(b, -1);
        IdentityHashMap<JsonNode, Integer> shared = shared();
        byInstance = shared != null;
        for (int i = 0; i < a.length; i++) {
            a[i] = shared == null ? -1 : shared.getOrDefault(first.get(head + i), -1);
            if (a[i] < 0) {
                a[i] = find(first.get(head + i), true);
            }
        }
        for (int j = 0; j < b.length; j++) {
            if (b[j] < 0) {
                b[j] = find(second.get(head + j), false);
            }
        }
    }

    /** Returns the number of different ids. */
    int count() {
        return count;
    }

    /** Returns whether equal elements can have different ids, because some were matched as shared instances. */
    boolean byInstance() {
        return byInstance;
    }

    /** Assigns ids to containers that both arrays share as instances, if a few samples indicate that there are any. */
    private @Nullable IdentityHashMap<JsonNode, Integer> shared() {
        boolean any = false;
        for (int sample = 1; sample <= SAMPLES && b.length > 0 && !any; sample++) {
            any = isShared(second.get(head + (int) ((long) b.length * sample / (SAMPLES + 1))));
        }
        if (!any) {
            return null;
        }
        IdentityHashMap<JsonNode, Integer> places = new IdentityHashMap<>(a.length);
        for (int i = 0; i < a.length; i++) {
            places.put(first.get(head + i), -1);
        }
        for (int j = 0; j < b.length; j++) {
            JsonNode value = second.get(head + j);
            Integer id = value.isContainerNode() ? places.get(value) : null;
            if (id != null) {
                if (id < 0) {
                    id = add(value, 0);
                    places.put(value, id);
                }
                b[j] = id;
            }
        }
        return places;
    }

    @SuppressWarnings("ReferenceEquality") // whether an instance is shared
    private boolean isShared(JsonNode value) {
        if (value.isContainerNode()) {
            for (int i = 0; i < a.length; i++) {
                if (first.get(head + i) == value) {
                    return true;
                }
            }
        }
        return false;
    }

    private int find(JsonNode value, boolean add) {
        long wanted = hash.of(value, match);
        int mask = slots.length - 1;
        int slot = (int) PathHash.mix(wanted) & mask;
        int collisions = 0;
        for (; slots[slot] != 0; slot = (slot + 1) & mask) {
            int id = slots[slot] - 1;
            if (hashes[id] == wanted) {
                if (collisions++ == MAX_COLLISIONS) {
                    return add ? add(value, wanted) : -1;
                }
                if (equality.same(values[id], value, match)) {
                    return id;
                }
            }
        }
        if (!add) {
            return -1;
        }
        slots[slot] = count + 1;
        return add(value, wanted);
    }

    private int add(JsonNode value, long hashed) {
        hashes[count] = hashed;
        values[count] = value;
        return count++;
    }
}
