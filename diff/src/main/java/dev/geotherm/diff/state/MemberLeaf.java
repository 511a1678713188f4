package dev.geotherm.diff.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A leaf with members: all revisions with the same names share the names; the values belong to one revision. An index
 * maps names to slots.
 */
final class MemberLeaf extends MemberNode {
    /** The maximum number of members. A larger leaf becomes a fork, unless all names have the same hash. */
    static final int MAX_MEMBERS = 48;
    /** The number of names up to which a lookup is a linear search. */
    private static final int NOT_INDEXED = 4;

    private static final MemberName[] NO_NAMES = {};
    private static final Object[] NO_VALUES = {};
    private static final byte[] NO_INDEX = {};
    private static final int SPREAD = 0x85EBCA6B;

    /** Never modified in place. */
    private MemberName[] names;

    private Object[] values;

    /**
     * A hash table with linear probing: the slot of each name plus 1, at the highest bits of its spread hash; 0 if
     * unused. At most half full. Never modified in place; empty if there are few names, or more than the maximum
     * because they all have the same hash.
     */
    private byte[] index;

    private MemberLeaf(Object owner, MemberName[] names, Object[] values, byte[] index) {
        super(owner);
        this.names = names;
        this.values = values;
        this.index = index;
    }

    static MemberLeaf none(Object owner) {
        return new MemberLeaf(owner, NO_NAMES, NO_VALUES, NO_INDEX);
    }

    /** Returns whether all nodes are leaves that can be merged into one leaf with room for more members. */
    static boolean isEnoughFor(MemberNode[] nodes) {
        int size = 0;
        for (MemberNode node : nodes) {
            size += node instanceof MemberLeaf leaf ? leaf.size() : MAX_MEMBERS;
        }
        return size <= MAX_MEMBERS / 2;
    }

    /** Returns a leaf with all members of the given leaves. */
    static MemberLeaf of(MemberNode[] leaves, Object owner) {
        List<MemberName> names = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (MemberNode leaf : leaves) {
            leaf.forEach((name, value) -> {
                names.add(name);
                values.add(value);
            });
        }
        MemberName[] all = names.toArray(NO_NAMES);
        return new MemberLeaf(owner, all, values.toArray(), indexOf(all));
    }

    @Override
    MemberNode copyFor(Object commit) {
        Object[] copied = ArrayCopies.copy(values);
        return new MemberLeaf(commit, names, copied, index);
    }

    int size() {
        return names.length;
    }

    /** Returns the value of a name with the given hash, or null if it is not in this leaf. */
    @Nullable
    Object get(String name, int hash) {
        int slot = find(name, hash);
        return slot < 0 ? null : values[slot];
    }

    /** Finds the same value, and stores its slot in {@code place}, for the owner. */
    @Nullable
    Object seek(String name, int hash, ChildSlot place) {
        int slot = find(name, hash);
        if (slot < 0) {
            return null;
        }
        place.name = names[slot];
        place.slots = values;
        place.index = slot;
        return values[slot];
    }

    private int find(String name, int hash) {
        if (index.length == 0) {
            return findAmongAll(name, hash);
        }
        for (int at = home(hash, index.length); ; at = (at + 1) & (index.length - 1)) {
            int slot = index[at] - 1;
            if (slot < 0 || names[slot].is(name, hash)) {
                return slot;
            }
        }
    }

    private int findAmongAll(String name, int hash) {
        for (int slot = 0; slot < names.length; slot++) {
            if (names[slot].is(name, hash)) {
                return slot;
            }
        }
        return -1;
    }

    /** Returns the first index to probe for a hash; the length of the index is a power of two. */
    private static int home(int hash, int length) {
        return (hash * SPREAD) >>> (Integer.numberOfLeadingZeros(length) + 1);
    }

    private static void enter(int hash, int slot, byte[] index) {
        int at = home(hash, index.length);
        while (index[at] != 0) {
            at = (at + 1) & (index.length - 1);
        }
        index[at] = (byte) (slot + 1);
    }

    private static byte[] indexOf(MemberName[] names) {
        if (names.length <= NOT_INDEXED || names.length > MAX_MEMBERS) {
            return NO_INDEX;
        }
        byte[] index = new byte[Integer.highestOneBit(names.length) << 2];
        for (int slot = 0; slot < names.length; slot++) {
            enter(names[slot].hash, slot, index);
        }
        return index;
    }

    @Override
    MemberNode with(MemberName name, Object value, int shift) {
        if (names.length >= MAX_MEMBERS && shift < HASH_BITS) {
            MemberNode fork = MemberFork.none(owner());
            for (int slot = 0; slot < names.length; slot++) {
                fork.with(names[slot], values[slot], shift);
            }
            return fork.with(name, value, shift);
        }
        int slot = names.length;
        names = ArrayCopies.with(names, slot, name);
        values = ArrayCopies.with(values, slot, value);
        if (2 * names.length <= index.length) {
            byte[] more = index.clone();
            enter(name.hash, slot, more);
            index = more;
        } else {
            index = indexOf(names);
        }
        return this;
    }

    @Override
    MemberNode without(MemberName name, int shift) {
        int slot = Arrays.asList(names).indexOf(name);
        names = ArrayCopies.without(names, slot);
        values = ArrayCopies.without(values, slot);
        index = indexOf(names);
        return this;
    }

    @Override
    void forEach(BiConsumer<MemberName, Object> action) {
        for (int slot = 0; slot < names.length; slot++) {
            action.accept(names[slot], values[slot]);
        }
    }
}
