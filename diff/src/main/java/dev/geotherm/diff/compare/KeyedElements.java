package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An alignment of the elements of two arrays by a key: elements with the same key match if no other element of either
 * array has that key.
 *
 * <p>Elements without a key, and elements that share theirs with others, are free: {@link FreeElements} matches them.
 * Keys crafted to collide do not make this slow: a key with more than {@value #MAX_COLLISIONS} collisions is treated as
 * missing.
 */
final class KeyedElements {
    private static final int MAX_COLLISIONS = 256;
    private static final int NONE = -1;
    private static final int SHARED = -2;

    private final ElementKey first;
    private final @Nullable ElementKey second;
    private final Equality equality;
    private final StructuralHash hash;
    private final int[] slots;
    private final JsonNode[] keys;
    private final @Nullable JsonNode[] seconds;
    private int count;

    /**
     * The number of each element's key, or -1; empty if no element may be free, because only {@link FreeElements} uses
     * it.
     */
    private final int[] keysOfA;

    private final int[] keysOfB;

    /** The element with each key, -1 for none, -2 for several; empty if no key may be shared. */
    private final int[] inA;

    private final int[] inB;
    private final int[] sources;
    private int common;
    private int free;

    private KeyedElements(
            ArrayNode a,
            ArrayNode b,
            RecordKey key,
            boolean mayBeShared,
            boolean mayBeFree,
            Equality equality,
            StructuralHash hash) {
        first = key.first();
        second = key.second();
        this.equality = equality;
        this.hash = hash;
        int most = a.size() + b.size();
        slots = new int[Integer.highestOneBit(Math.max(4, most)) * 4];
        keys = new JsonNode[most];
        seconds = second == null ? new JsonNode[0] : new JsonNode[most];
        keysOfA = new int[mayBeFree ? a.size() : 0];
        keysOfB = new int[mayBeFree ? b.size() : 0];
        inA = new int[mayBeShared ? most : 0];
        inB = new int[inA.length];
        sources = new int[b.size()];
        Arrays.fill(sources, NONE);
    }

    /**
     * Aligns two arrays by a key that identifies every element of both.
     *
     * @return for each element of the second array the index of the element with the same key in the first, or -1; null if
     *     the key does not identify every element
     */
    static int @Nullable [] all(ArrayNode a, ArrayNode b, ElementKey member, Equality equality, StructuralHash hash) {
        if (member.in(a.get(0)) == null || member.in(b.get(0)) == null) {
            return null;
        }
        KeyedElements keyed = new KeyedElements(a, b, RecordKey.of(member), false, false, equality, hash);
        return keyed.addUnique(a) && keyed.findUnique(b) ? keyed.sources : null;
    }

    /**
     * Aligns by a key that identifies most elements.
     *
     * @param mostFree the maximum number of free elements in each array
     * @param least the minimum number of elements that both arrays have in common
     * @return the alignment, or null if more elements are free or fewer are in common
     */
    static @Nullable KeyedElements of(
            ArrayNode a, ArrayNode b, RecordKey key, int mostFree, int least, Equality equality, StructuralHash hash) {
        KeyedElements keyed = new KeyedElements(a, b, key, true, mostFree > 0, equality, hash);
        boolean serves = keyed.addAll(a, mostFree) && keyed.findAll(b, mostFree, b.size() - least);
        return serves && keyed.common >= least ? keyed : null;
    }

    /** Numbers the elements of the first array by their index; returns false if two have the same key, or one has none. */
    private boolean addUnique(ArrayNode a) {
        for (int i = 0; i < a.size(); i++) {
            if (find(a.get(i)) != i) {
                return false;
            }
        }
        return true;
    }

    private boolean findUnique(ArrayNode b) {
        int ofA = count;
        boolean[] used = new boolean[ofA];
        int next = 0;
        for (int j = 0; j < sources.length; j++) {
            int known = count;
            int number = next < ofA && isAt(next, b.get(j)) ? next : find(b.get(j));
            if (number == known) {
                continue;
            } else if (number < 0 || number >= ofA || used[number]) {
                return false;
            }
            sources[j] = number;
            used[number] = true;
            next = number + 1;
        }
        return true;
    }

    private boolean addAll(ArrayNode a, int mostFree) {
        int free = 0;
        for (int i = 0; i < a.size(); i++) {
            int known = count;
            int number = find(a.get(i));
            if (mostFree > 0) {
                keysOfA[i] = number;
            }
            if (number == known) {
                inA[number] = i;
                inB[number] = NONE;
            } else if (number == NONE) {
                free++;
            } else {
                free += inA[number] == SHARED ? 1 : 2;
                inA[number] = SHARED;
            }
            if (free > mostFree) {
                return false;
            }
        }
        this.free += free;
        return true;
    }

    private boolean findAll(ArrayNode b, int mostFree, int mostNew) {
        int ofA = count;
        int next = 0;
        int free = 0;
        for (int j = 0; j < sources.length; j++) {
            int known = count;
            // Usually the successor of the last match, which needs no hash.
            int number = next < ofA && isAt(next, b.get(j)) ? next : find(b.get(j));
            if (mostFree > 0) {
                keysOfB[j] = number;
            }
            next = number + 1;
            if (number == known) {
                inA[number] = NONE;
                inB[number] = j;
            } else if (number == NONE) {
                free++;
            } else {
                free += take(number, j);
            }
            if (free > mostFree || count - ofA > mostNew) {
                return false;
            }
        }
        this.free += free;
        return true;
    }

    /**
     * Matches an element of the second array with a known key; returns the number of elements of that array that become
     * free.
     */
    private int take(int number, int j) {
        int other = inB[number];
        if (other == NONE) {
            inB[number] = j;
            if (inA[number] == SHARED) {
                return 1;
            }
            sources[j] = inA[number];
            common++;
            return 0;
        }
        inB[number] = SHARED;
        if (other == SHARED || inA[number] == SHARED) {
            return 1;
        }
        if (sources[other] >= 0) {
            sources[other] = NONE;
            common--;
        }
        return 2;
    }

    private boolean isAt(int number, JsonNode element) {
        JsonNode wanted = first.in(element);
        equality.work++;
        return wanted != null && isSame(number, wanted, secondIn(element));
    }

    private @Nullable JsonNode secondIn(JsonNode element) {
        return second == null ? null : second.in(element);
    }

    private boolean isSame(int number, JsonNode wanted, @Nullable JsonNode other) {
        if (!equality.sameScalars(keys[number], wanted)) {
            return false;
        } else if (second == null) {
            return true;
        }
        JsonNode known = seconds[number];
        return known != null && other != null && equality.sameScalars(known, other);
    }

    /** Returns the number of the element's key, the next number if the key is new, or -1 if the element has none. */
    private int find(JsonNode element) {
        JsonNode wanted = first.in(element);
        JsonNode other = secondIn(element);
        if (wanted == null || (other == null && second != null)) {
            return NONE;
        }
        int mask = slots.length - 1;
        long hashed = hashOf(wanted);
        int slot = (int) (other == null ? hashed : PathHash.mix(hashed + PathHash.mix(hashOf(other)))) & mask;
        for (int collisions = 0; slots[slot] != 0; slot = (slot + 1) & mask, collisions++) {
            equality.work++;
            if (collisions == MAX_COLLISIONS) {
                return NONE;
            }
            if (isSame(slots[slot] - 1, wanted, other)) {
                return slots[slot] - 1;
            }
        }
        slots[slot] = count + 1;
        keys[count] = wanted;
        if (other != null) {
            seconds[count] = other;
        }
        return count++;
    }

    /** Not {@link String#hashCode}, for which collisions are easy to construct. */
    private long hashOf(JsonNode value) {
        String text = value.textValue();
        return text == null
                ? PathHash.mix(hash.of(value, IgnoredPaths.NONE.root()))
                : PathHash.text(text, 0, 0).high();
    }

    /** Returns for each element of the second array the index of the element with the same key in the first, or -1. */
    int[] sources() {
        return sources;
    }

    /** Returns the number of matched elements. */
    int common() {
        return common;
    }

    /** Returns the approximate number of elements of both arrays that the key does not identify. */
    int free() {
        return free;
    }

    /** Returns the number of the key of an element of the first array, or -1. */
    int keyOfA(int index) {
        return keysOfA[index];
    }

    /** Returns the number of the key of an element of the second array, or -1. */
    int keyOfB(int index) {
        return keysOfB[index];
    }

    /** Returns whether the elements with the given key number, or -1, are free. */
    boolean isFree(int number) {
        return number == NONE || inA[number] == SHARED || inB[number] == SHARED;
    }
}
