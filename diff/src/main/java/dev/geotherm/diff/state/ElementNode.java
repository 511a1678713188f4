package dev.geotherm.diff.state;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run of an array's elements: a persistent tree by position (a B+ tree with up to 32 slots per node). Each node
 * contains the hash of its run, so the cost of an insertion or removal, including the hash, is the height of the tree.
 *
 * <p>The hash is the sum of the elements' residues times powers of the bases; see {@link ModularPowers}. A run that the
 * current commit owns is modified in place; all others are copied.
 */
abstract sealed class ElementNode permits ElementLeaf, ElementFork {
    static final int MAX_SLOTS = 32;
    /** A run with fewer slots is merged with a neighbour. */
    static final int MIN_SLOTS = 8;

    final @Nullable Object owner;
    int size;
    /** The sum over the elements, and the bases to the power of the size, in two lanes. */
    long high;

    long low;
    long powerHigh;
    long powerLow;

    ElementNode(@Nullable Object owner) {
        this.owner = owner;
    }

    abstract int slots();

    abstract Object get(int index);

    /** Replaces a value; the differences are those between the residues of the new and the old value. */
    abstract ElementNode set(int index, Object value, long differenceHigh, long differenceLow, Object commit);

    /** Inserts a value; the returned run may have one slot too many. */
    abstract ElementNode insert(int index, Object value, Object commit);

    /** Removes a value; the returned run may have too few slots. */
    abstract ElementNode remove(int index, Object commit);

    /** Returns the part of this run from a slot, with the same height. */
    abstract ElementNode fromSlot(int slot, Object commit);

    /** Returns the part of this run before a slot. */
    abstract ElementNode beforeSlot(int slot, Object commit);

    /** Concatenates this run and another one of the same height; the result may have too many slots. */
    abstract ElementNode followedBy(ElementNode next, Object commit);

    abstract void forEach(Consumer<Object> action);

    final void sized(int elements) {
        size = elements;
        powerHigh = ModularPowers.HIGH.of(elements);
        powerLow = ModularPowers.LOW.of(elements);
    }
}
