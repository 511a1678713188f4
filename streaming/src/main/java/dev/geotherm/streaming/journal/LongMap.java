package dev.geotherm.streaming.journal;

/**
 * A map from positive numbers to numbers that are at least 0, by open addressing with linear probing: about 32 bytes for each
 * entry. Not thread-safe.
 */
final class LongMap {
    /** The value of an absent key. */
    static final long ABSENT = -1;

    private static final int SMALLEST = 16;
    private static final long MIX = 0x9e3779b97f4a7c15L; // the golden ratio, as in Fibonacci hashing

    private long[] keys = new long[SMALLEST]; // 0 for none
    private long[] values = new long[SMALLEST];
    private int size;

    /** A receiver of entries. */
    @FunctionalInterface
    interface Entries {
        void entry(long key, long value);
    }

    int size() {
        return size;
    }

    private int slot(long key) {
        return (int) ((key * MIX) >>> (Long.SIZE - Integer.numberOfTrailingZeros(keys.length)));
    }

    private int next(int slot) {
        return (slot + 1) & (keys.length - 1);
    }

    private int find(long key) {
        int slot = slot(key);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = next(slot);
        }
        return slot;
    }

    long get(long key) {
        int slot = find(key);
        return keys[slot] == 0 ? ABSENT : values[slot];
    }

    /** Sets a value, and returns the previous one. */
    long put(long key, long value) {
        int slot = find(key);
        long former = keys[slot] == 0 ? ABSENT : values[slot];
        keys[slot] = key;
        values[slot] = value;
        if (former == ABSENT && ++size > keys.length / 2) {
            grow();
        }
        return former;
    }

    /** Removes a key, and returns its value. */
    long remove(long key) {
        int slot = find(key);
        if (keys[slot] == 0) {
            return ABSENT;
        }
        long removed = values[slot];
        size--;
        // Moves entries back into the gap, unless that would put them before their home slot.
        int gap = slot;
        for (int at = next(slot); keys[at] != 0; at = next(at)) {
            int home = slot(keys[at]);
            boolean between = gap <= at ? gap < home && home <= at : gap < home || home <= at;
            if (!between) {
                keys[gap] = keys[at];
                values[gap] = values[at];
                gap = at;
            }
        }
        keys[gap] = 0;
        return removed;
    }

    void forEach(Entries entries) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != 0) {
                entries.entry(keys[slot], values[slot]);
            }
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = find(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
