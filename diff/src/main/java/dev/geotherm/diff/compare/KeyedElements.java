package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/**
 * An alignment of the elements of two arrays by a member that identifies them: every element of both arrays has it, it
 * is a scalar, and it is unique in each array.
 *
 * <p>Keys crafted to have the same hash do not make this slow: if more than {@value #MOST_LOOKS} collide, the member is
 * treated as not identifying.
 */
final class KeyedElements {
    private static final int MOST_LOOKS = 256;

    private final ElementKey key;
    private final Equality equality;
    private final StructuralHash hash;
    private final int[] slots;
    private final JsonNode[] keys;
    private int count;

    private KeyedElements(ElementKey key, int most, Equality equality, StructuralHash hash) {
        this.key = key;
        this.equality = equality;
        this.hash = hash;
        slots = new int[Integer.highestOneBit(Math.max(4, most)) * 4];
        keys = new JsonNode[most];
    }

    /**
     * Returns for each element of the second array the index of the element with the same key in the first, or -1; null
     * if the member does not identify the elements.
     */
    static int @Nullable [] sources(ArrayNode a, ArrayNode b, ElementKey key, Equality equality, StructuralHash hash) {
        if (key.in(a.get(0)) == null || key.in(b.get(0)) == null) {
            return null;
        }
        KeyedElements keyed = new KeyedElements(key, a.size() + b.size(), equality, hash);
        for (int i = 0; i < a.size(); i++) {
            if (keyed.find(a.get(i)) != i) {
                return null;
            }
        }
        boolean[] used = new boolean[a.size()];
        int[] sources = new int[b.size()];
        int next = 0;
        for (int j = 0; j < b.size(); j++) {
            int known = keyed.count;
            // Usually the element after the one found last, which needs no hash.
            int found = next < a.size() && keyed.isAt(next, b.get(j)) ? next : keyed.find(b.get(j));
            boolean isNew = found == known;
            if (found < 0 || (!isNew && (found >= a.size() || used[found]))) {
                return null;
            }
            sources[j] = isNew ? -1 : found;
            if (!isNew) {
                used[found] = true;
                next = found + 1;
            }
        }
        return sources;
    }

    private boolean isAt(int number, JsonNode element) {
        JsonNode wanted = key.in(element);
        equality.work++;
        return wanted != null && equality.sameScalars(keys[number], wanted);
    }

    /**
     * Returns the number of the element's key, the next number if the key is new, or -1 if the element has no valid
     * key.
     */
    private int find(JsonNode element) {
        JsonNode wanted = key.in(element);
        if (wanted == null) {
            return -1;
        }
        int mask = slots.length - 1;
        int slot = (int) hashOf(wanted) & mask;
        for (int looks = 0; slots[slot] != 0; slot = (slot + 1) & mask, looks++) {
            equality.work++;
            if (looks == MOST_LOOKS) {
                return -1;
            }
            if (equality.sameScalars(keys[slots[slot] - 1], wanted)) {
                return slots[slot] - 1;
            }
        }
        slots[slot] = count + 1;
        keys[count] = wanted;
        return count++;
    }

    /** Not the hash code of strings, for which collisions are easy to construct. */
    private long hashOf(JsonNode value) {
        String text = value.textValue();
        return text == null
                ? PathHash.mix(hash.of(value, IgnoredPaths.NONE.root()))
                : PathHash.text(text, 0, 0).high();
    }
}
