package dev.geotherm.diff.state;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An inner node of a member map: up to 32 children, one per value of five bits of a name's hash. */
final class MemberFork extends MemberNode {
    /** A bit mask of the used branches. */
    private int ways;
    /** The node at each used branch. */
    private MemberNode[] nodes;

    private MemberFork(Object owner, int ways, MemberNode[] nodes) {
        super(owner);
        this.ways = ways;
        this.nodes = nodes;
    }

    /** Returns a fork without nodes. */
    static MemberFork none(Object owner) {
        return new MemberFork(owner, 0, new MemberNode[0]);
    }

    @Override
    MemberNode copyFor(Object commit) {
        MemberNode[] copied = nodes.clone();
        return new MemberFork(commit, ways, copied);
    }

    private static int way(int hash, int shift) {
        return 1 << (hash >>> shift);
    }

    /** Returns the index of the node of a branch, whether it exists or not. */
    private int slot(int way) {
        return Integer.bitCount(ways & (way - 1));
    }

    /** Returns the node at a branch, or null if the branch is unused. */
    @Nullable
    MemberNode below(int hash, int shift) {
        int way = way(hash, shift);
        return (ways & way) == 0 ? null : nodes[slot(way)];
    }

    /** Returns the same node, ready to be modified by the owner. */
    @Nullable
    MemberNode ownBelow(int hash, int shift) {
        int way = way(hash, shift);
        return (ways & way) == 0 ? null : own(slot(way));
    }

    private MemberNode own(int slot) {
        MemberNode node = nodes[slot];
        MemberNode mine = node.ownedBy(owner());
        if (mine != node) {
            nodes[slot] = mine;
        }
        return mine;
    }

    @Override
    MemberNode with(MemberName name, Object value, int shift) {
        int way = way(name.hash, shift);
        int slot = slot(way);
        if ((ways & way) == 0) {
            ways |= way;
            nodes = ArrayCopies.with(nodes, slot, MemberLeaf.none(owner()));
        }
        nodes[slot] = own(slot).with(name, value, shift + BITS);
        return this;
    }

    @Override
    MemberNode without(MemberName name, int shift) {
        int way = way(name.hash, shift);
        int slot = slot(way);
        MemberNode node = own(slot).without(name, shift + BITS);
        nodes[slot] = node;
        if (!(node instanceof MemberLeaf leaf) || leaf.size() > 0) {
            return this;
        }
        ways &= ~way;
        nodes = ArrayCopies.without(nodes, slot);
        return MemberLeaf.isEnoughFor(nodes) ? MemberLeaf.of(nodes, owner()) : this;
    }

    @Override
    void forEach(BiConsumer<MemberName, Object> action) {
        for (MemberNode node : nodes) {
            node.forEach(action);
        }
    }
}
