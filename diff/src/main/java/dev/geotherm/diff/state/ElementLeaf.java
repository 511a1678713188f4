package dev.geotherm.diff.state;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A leaf of the tree of an array's elements. */
final class ElementLeaf extends ElementNode {
    private Object[] elements;

    ElementLeaf(Object[] elements, @Nullable Object owner) {
        super(owner);
        this.elements = elements;
        refresh();
    }

    private ElementLeaf(ElementLeaf from, Object owner) {
        super(owner);
        elements = from.elements.clone();
        size = from.size;
        high = from.high;
        low = from.low;
        powerHigh = from.powerHigh;
        powerLow = from.powerLow;
    }

    private void refresh() {
        sized(elements.length);
        HashRegister measure = new HashRegister();
        long first = 0;
        long second = 0;
        for (int i = elements.length - 1; i >= 0; i--) {
            measure.take(elements[i]);
            first = ModularPowers.HIGH.before(first, measure.high);
            second = ModularPowers.LOW.before(second, measure.low);
        }
        high = ModularPowers.residue(first);
        low = ModularPowers.residue(second);
    }

    @Override
    int slots() {
        return elements.length;
    }

    @Override
    Object get(int index) {
        return elements[index];
    }

    @Override
    ElementNode set(int index, Object value, long differenceHigh, long differenceLow, Object commit) {
        ElementLeaf mine = owner == commit ? this : new ElementLeaf(this, commit);
        mine.elements[index] = value;
        mine.high = ModularPowers.plus(high, ModularPowers.times(differenceHigh, ModularPowers.HIGH.of(index)));
        mine.low = ModularPowers.plus(low, ModularPowers.times(differenceLow, ModularPowers.LOW.of(index)));
        return mine;
    }

    @Override
    ElementNode insert(int index, Object value, Object commit) {
        return with(ArrayCopies.with(elements, index, value), commit);
    }

    @Override
    ElementNode remove(int index, Object commit) {
        return with(ArrayCopies.without(elements, index), commit);
    }

    private ElementNode with(Object[] others, Object commit) {
        if (owner != commit) {
            return new ElementLeaf(others, commit);
        }
        elements = others;
        refresh();
        return this;
    }

    @Override
    ElementNode fromSlot(int slot, Object commit) {
        return new ElementLeaf(Arrays.copyOfRange(elements, slot, elements.length), commit);
    }

    @Override
    ElementNode beforeSlot(int slot, Object commit) {
        return new ElementLeaf(Arrays.copyOf(elements, slot), commit);
    }

    @Override
    ElementNode followedBy(ElementNode next, Object commit) {
        Object[] others = ((ElementLeaf) next).elements;
        Object[] all = Arrays.copyOf(elements, elements.length + others.length);
        System.arraycopy(others, 0, all, elements.length, others.length);
        return new ElementLeaf(all, commit);
    }

    @Override
    void forEach(Consumer<Object> action) {
        for (Object element : elements) {
            action.accept(element);
        }
    }
}
