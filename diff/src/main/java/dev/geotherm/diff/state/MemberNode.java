package dev.geotherm.diff.state;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a persistent map from names to values: a trie by the hash of the names (Bagwell, Ideal Hash Trees, 2001) whose
 * leaves hold dozens of members, so that it is low.
 *
 * <p>A node that belongs to the commit at work is changed in place, every other is copied first. Steps are those of the
 * trie's height, which is seven forks at most.
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

    /** Returns this, or a copy for another to change. */
    final MemberNode ownedBy(Object commit) {
        return owner == commit ? this : copyFor(commit);
    }

    abstract MemberNode copyFor(Object commit);

    /** Returns the value of a member, or null if there is none. */
    final @Nullable Object get(String name) {
        int hash = MemberName.hash(name);
        MemberNode node = this;
        for (int shift = 0; node instanceof MemberFork fork; shift += BITS) {
            node = fork.below(hash, shift);
        }
        return node == null ? null : ((MemberLeaf) node).get(name, hash);
    }

    /** Finds a member, for its value to be changed in its slot; returns null if there is none. */
    final @Nullable Object seek(String name, ChildSlot place) {
        int hash = MemberName.hash(name);
        MemberNode node = this;
        for (int shift = 0; node instanceof MemberFork fork; shift += BITS) {
            node = fork.ownBelow(hash, shift);
        }
        return node == null ? null : ((MemberLeaf) node).seek(name, hash, place);
    }

    /** Puts in a member that is not there; returns this, or what takes its place. */
    final MemberNode with(MemberName name, Object value) {
        return with(name, value, 0);
    }

    /** Takes out a member that is there; returns this, or what takes its place. */
    final MemberNode without(MemberName name) {
        return without(name, 0);
    }

    /** Does so at a height at which the names differ in the bits of their hash that are left. */
    abstract MemberNode with(MemberName name, Object value, int shift);

    abstract MemberNode without(MemberName name, int shift);

    /** Calls the action with each member, in no order that means anything. */
    abstract void forEach(BiConsumer<MemberName, Object> action);
}
