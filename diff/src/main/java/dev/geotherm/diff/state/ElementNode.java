package dev.geotherm.diff.state;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run of an array's elements: a persistent tree by position (a B+ tree of up to 32 slots a node) that carries the hash
 * of the run in each node, so that an insertion or removal anywhere costs the height of the tree in structure and hash.
 *
 * <p>The hash is the sum of the elements' residues times powers of the bases; see {@link ModularPowers}. A run that belongs to
 * the commit at work is changed in place, every other is copied.
 */
abstract sealed class ElementNode permits ElementLeaf, ElementFork {
    static final int MOST = 32;
    /** A run of fewer slots is put together with a neighbour. */
    static final int FEWEST = 8;

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

    /** Puts a value in the place of one whose residues differ by what is given. */
    abstract ElementNode set(int index, Object value, long differenceHigh, long differenceLow, Object commit);

    /** Returns a run that may have one slot too many. */
    abstract ElementNode insert(int index, Object value, Object commit);

    /** Returns a run that may have too few slots. */
    abstract ElementNode remove(int index, Object commit);

    /** Returns the run from a slot on, of the same height. */
    abstract ElementNode fromSlot(int slot, Object commit);

    /** Returns the run before a slot. */
    abstract ElementNode beforeSlot(int slot, Object commit);

    /** Returns this and another run of the same height in one, which may have too many slots. */
    abstract ElementNode followedBy(ElementNode next, Object commit);

    abstract void forEach(Consumer<Object> action);

    final void sized(int elements) {
        size = elements;
        powerHigh = ModularPowers.HIGH.of(elements);
        powerLow = ModularPowers.LOW.of(elements);
    }
}
