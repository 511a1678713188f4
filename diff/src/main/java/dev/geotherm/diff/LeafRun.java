package dev.geotherm.diff;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run that holds the elements themselves. */
final class LeafRun extends Run {
    private Object[] elements;

    LeafRun(Object[] elements, @Nullable Object owner) {
        super(owner);
        this.elements = elements;
        refresh();
    }

    private LeafRun(LeafRun from, Object owner) {
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
        Measure measure = new Measure();
        long first = 0;
        long second = 0;
        for (int i = elements.length - 1; i >= 0; i--) {
            measure.take(elements[i]);
            first = Powers.HIGH.before(first, measure.high);
            second = Powers.LOW.before(second, measure.low);
        }
        high = Powers.residue(first);
        low = Powers.residue(second);
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
    Run set(int index, Object value, long differenceHigh, long differenceLow, Object commit) {
        LeafRun mine = owner == commit ? this : new LeafRun(this, commit);
        mine.elements[index] = value;
        mine.high = Powers.plus(high, Powers.times(differenceHigh, Powers.HIGH.of(index)));
        mine.low = Powers.plus(low, Powers.times(differenceLow, Powers.LOW.of(index)));
        return mine;
    }

    @Override
    Run insert(int index, Object value, Object commit) {
        return with(Slots.with(elements, index, value), commit);
    }

    @Override
    Run remove(int index, Object commit) {
        return with(Slots.without(elements, index), commit);
    }

    private Run with(Object[] others, Object commit) {
        if (owner != commit) {
            return new LeafRun(others, commit);
        }
        elements = others;
        refresh();
        return this;
    }

    @Override
    Run fromSlot(int slot, Object commit) {
        return new LeafRun(Arrays.copyOfRange(elements, slot, elements.length), commit);
    }

    @Override
    Run beforeSlot(int slot, Object commit) {
        return new LeafRun(Arrays.copyOf(elements, slot), commit);
    }

    @Override
    Run followedBy(Run next, Object commit) {
        Object[] others = ((LeafRun) next).elements;
        Object[] all = Arrays.copyOf(elements, elements.length + others.length);
        System.arraycopy(others, 0, all, elements.length, others.length);
        return new LeafRun(all, commit);
    }

    @Override
    void forEach(Consumer<Object> action) {
        for (Object element : elements) {
            action.accept(element);
        }
    }
}
