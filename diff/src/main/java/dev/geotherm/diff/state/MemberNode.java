package dev.geotherm.diff.state;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a persistent map from names to values: a hash trie (Bagwell, Ideal Hash Trees, 2001) with leaves of up to
 * {@value MemberLeaf#MAX_MEMBERS} members, which keep it flat.
 *
 * <p>A node that the current commit owns is modified in place; all others are copied first. The cost is the height of
 * the trie, at most seven forks.
 */
abstract sealed class MemberNode permits MemberFork, MemberLeaf {
    static final int BITS = 5;
    static final int HASH_BITS = 32;

    private final Object owner;

    MemberNode(Object owner) {
        this.owner = owner;
    }

    /** Returns a map without members. */
    static MemberNode none(Object owner) {
        return MemberLeaf.none(owner);
    }

    final Object owner() {
        return owner;
    }

    /** Returns this node if the commit owns it, otherwise a copy for it to modify. */
    final MemberNode ownedBy(Object commit) {
        return owner == commit ? this : copyFor(commit);
    }

    abstract MemberNode copyFor(Object commit);

    /** Returns the value of a member, or null if the member does not exist. */
    final @Nullable Object get(String name) {
        int hash = MemberName.hash(name);
        MemberNode node = this;
        for (int shift = 0; node instanceof MemberFork fork; shift += BITS) {
            node = fork.below(hash, shift);
        }
        return node == null ? null : ((MemberLeaf) node).get(name, hash);
    }

    /** Finds a member so that its value can be replaced in its slot; returns null if it does not exist. */
    final @Nullable Object seek(String name, ChildSlot place) {
        int hash = MemberName.hash(name);
        MemberNode node = this;
        for (int shift = 0; node instanceof MemberFork fork; shift += BITS) {
            node = fork.ownBelow(hash, shift);
        }
        return node == null ? null : ((MemberLeaf) node).seek(name, hash, place);
    }

    /** Adds a member that does not exist; returns this node or its replacement. */
    final MemberNode with(MemberName name, Object value) {
        return with(name, value, 0);
    }

    /** Removes a member that exists; returns this node or its replacement. */
    final MemberNode without(MemberName name) {
        return without(name, 0);
    }

    /** Adds a member at a level of the trie; {@code shift} is the number of hash bits already used. */
    abstract MemberNode with(MemberName name, Object value, int shift);

    abstract MemberNode without(MemberName name, int shift);

    /** Calls the action with each member, in no particular order. */
    abstract void forEach(BiConsumer<MemberName, Object> action);
}
