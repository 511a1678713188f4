package dev.geotherm.diff;

import static java.util.Objects.requireNonNull;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a persistent map from names to values: a hash array mapped trie with 32 ways (Bagwell, Ideal Hash Trees, 2001).
 *
 * <p>A node that belongs to the commit at work is changed in place, every other is copied first, of which the names are
 * shared. Steps are those of the trie's height, which is seven at most; names of equal hash stand one after another below.
 */
final class MemberNode {
    private static final int BITS = 5;
    private static final int HASH_BITS = 32;
    private static final @Nullable Name[] NO_NAMES = {};
    private static final Object[] NO_VALUES = {};

    private final Object owner;
    /** Which of the 32 ways are taken; not used where names of equal hash stand. */
    private int ways;
    /** The name at each way that is taken, or null where a node is below; never changed in place. */
    private @Nullable Name[] names;
    /** The value of each name, or the node. */
    private Object[] values;

    /** Creates a map without members. */
    MemberNode(Object owner) {
        this(owner, 0, NO_NAMES, NO_VALUES);
    }

    private MemberNode(Object owner, int ways, @Nullable Name[] names, Object[] values) {
        this.owner = owner;
        this.ways = ways;
        this.names = names;
        this.values = values;
    }

    /** Returns this, or a copy for another to change. */
    MemberNode ownedBy(Object commit) {
        return owner == commit ? this : new MemberNode(commit, ways, names, values.clone());
    }

    /** Returns the value of a member, or null if there is none. */
    @Nullable
    Object get(String name) {
        int hash = hash(name);
        MemberNode node = this;
        for (int shift = 0; ; shift += BITS) {
            int at = node.find(name, hash, shift);
            if (at < 0) {
                return null;
            } else if (node.names[at] != null) {
                return node.values[at];
            }
            node = (MemberNode) node.values[at];
        }
    }

    /** Finds a member, for its value to be changed in its slot; returns null if there is none. */
    @Nullable
    Object seek(String name, Place place) {
        int hash = hash(name);
        MemberNode node = this;
        for (int shift = 0; ; shift += BITS) {
            int at = node.find(name, hash, shift);
            if (at < 0) {
                return null;
            }
            Name found = node.names[at];
            if (found != null) {
                place.name = found;
                place.slots = node.values;
                place.index = at;
                return node.values[at];
            }
            node = node.ownBelow(at);
        }
    }

    /** Puts in a member that is not there. */
    void add(Name name, Object value) {
        int hash = hash(name.text);
        MemberNode node = this;
        for (int shift = 0; ; shift += BITS) {
            int at = node.slot(hash, shift);
            if (shift >= HASH_BITS || (node.ways & way(hash, shift)) == 0) {
                node.ways |= way(hash, shift);
                node.insert(at, name, value);
                return;
            }
            Name other = node.names[at];
            if (other != null) {
                MemberNode below = new MemberNode(owner);
                below.ways = way(hash(other.text), shift + BITS);
                below.insert(0, other, node.values[at]);
                node.set(at, null, below);
            }
            node = node.ownBelow(at);
        }
    }

    /** Takes out a member that is there. */
    void remove(String name) {
        remove(name, hash(name), 0);
    }

    private void remove(String name, int hash, int shift) {
        int at = find(name, hash, shift);
        if (names[at] != null) {
            ways &= ~way(hash, shift);
            names = Slots.without(names, at);
            values = Slots.without(values, at);
            return;
        }
        MemberNode below = ownBelow(at);
        below.remove(name, hash, shift + BITS);
        if (below.names.length == 1 && below.names[0] != null) {
            set(at, below.names[0], below.values[0]);
        }
    }

    /** Calls the action with each member, in no order that means anything. */
    void forEach(BiConsumer<Name, Object> action) {
        for (int at = 0; at < names.length; at++) {
            Name name = names[at];
            if (name == null) {
                ((MemberNode) values[at]).forEach(action);
            } else {
                action.accept(name, values[at]);
            }
        }
    }

    /** Names that differ in a digit have hash codes that differ in a few low bits: those are spread over all. */
    private static int hash(String name) {
        int spread = name.hashCode() * 0x9E3779B1;
        return spread ^ spread >>> 15;
    }

    private static int way(int hash, int shift) {
        return 1 << (hash >>> shift);
    }

    /** Returns where a name stands or would stand. */
    private int slot(int hash, int shift) {
        return shift >= HASH_BITS ? names.length : Integer.bitCount(ways & (way(hash, shift) - 1));
    }

    /** Returns where a name, or the node that it is below, stands; -1 if there is none. */
    private int find(String name, int hash, int shift) {
        if (shift >= HASH_BITS) {
            return findAmongEqual(name);
        }
        int way = way(hash, shift);
        if ((ways & way) == 0) {
            return -1;
        }
        int at = Integer.bitCount(ways & (way - 1));
        Name other = names[at];
        return other == null || other.text.equals(name) ? at : -1;
    }

    private int findAmongEqual(String name) {
        for (int at = 0; at < names.length; at++) {
            if (requireNonNull(names[at]).text.equals(name)) {
                return at;
            }
        }
        return -1;
    }

    private MemberNode ownBelow(int at) {
        MemberNode below = (MemberNode) values[at];
        MemberNode mine = below.ownedBy(owner);
        if (mine != below) {
            values[at] = mine;
        }
        return mine;
    }

    private void set(int at, @Nullable Name name, Object value) {
        names = names.clone();
        names[at] = name;
        values[at] = value;
    }

    private void insert(int at, Name name, Object value) {
        names = Slots.with(names, at, name);
        values = Slots.with(values, at, value);
    }
}
