package dev.geotherm.diff.state;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An inner node of the tree of an array's elements; its children have the same height. */
final class ElementFork extends ElementNode {
    private ElementNode[] runs;
    /** The exclusive end index of each run. */
    private int[] ends = new int[0];

    ElementFork(ElementNode[] runs, @Nullable Object owner) {
        super(owner);
        this.runs = runs;
        refresh();
    }

    private void refresh() {
        ends = new int[runs.length];
        int end = 0;
        for (int slot = 0; slot < runs.length; slot++) {
            end += runs[slot].size;
            ends[slot] = end;
        }
        sized(end);
        long first = 0;
        long second = 0;
        for (int slot = runs.length - 1; slot >= 0; slot--) {
            ElementNode run = runs[slot];
            first = ModularPowers.plus(ModularPowers.times(first, run.powerHigh), run.high);
            second = ModularPowers.plus(ModularPowers.times(second, run.powerLow), run.low);
        }
        high = first;
        low = second;
    }

    /** Returns the slot that holds an index; the index after the last element belongs to the last slot. */
    private int slotOf(int index) {
        int slot = Math.min(index / Math.max(1, runs[0].size), runs.length - 1);
        while (slot > 0 && index < ends[slot - 1]) {
            slot--;
        }
        while (slot < runs.length - 1 && index >= ends[slot]) {
            slot++;
        }
        return slot;
    }

    private int start(int slot) {
        return slot == 0 ? 0 : ends[slot - 1];
    }

    @Override
    int slots() {
        return runs.length;
    }

    ElementNode onlyRun() {
        return runs[0];
    }

    @Override
    Object get(int index) {
        int slot = slotOf(index);
        return runs[slot].get(index - start(slot));
    }

    @Override
    ElementNode set(int index, Object value, long differenceHigh, long differenceLow, Object commit) {
        int slot = slotOf(index);
        int start = start(slot);
        ElementFork mine = owned(commit);
        mine.runs[slot] = runs[slot].set(index - start, value, differenceHigh, differenceLow, commit);
        mine.high = ModularPowers.plus(high, ModularPowers.times(differenceHigh, ModularPowers.HIGH.of(index)));
        mine.low = ModularPowers.plus(low, ModularPowers.times(differenceLow, ModularPowers.LOW.of(index)));
        return mine;
    }

    private ElementFork owned(Object commit) {
        if (owner == commit) {
            return this;
        }
        return new ElementFork(this, commit);
    }

    private ElementFork(ElementFork from, Object owner) {
        super(owner);
        runs = from.runs.clone();
        ends = from.ends;
        size = from.size;
        high = from.high;
        low = from.low;
        powerHigh = from.powerHigh;
        powerLow = from.powerLow;
    }

    @Override
    ElementNode insert(int index, Object value, Object commit) {
        int slot = slotOf(index);
        ElementFork mine = owned(commit);
        ElementNode run = runs[slot].insert(index - start(slot), value, commit);
        if (run.slots() <= MAX_SLOTS) {
            mine.runs[slot] = run;
        } else {
            int half = run.slots() / 2;
            mine.replace(slot, 1, run.beforeSlot(half, commit), run.fromSlot(half, commit));
        }
        mine.refresh();
        return mine;
    }

    @Override
    ElementNode remove(int index, Object commit) {
        int slot = slotOf(index);
        ElementFork mine = owned(commit);
        ElementNode run = runs[slot].remove(index - start(slot), commit);
        mine.runs[slot] = run;
        if (run.slots() < MIN_SLOTS && runs.length > 1) {
            mine.joinAround(slot, commit);
        }
        mine.refresh();
        return mine;
    }

    /** Merges the run in a slot with a neighbour; if the result is too large, splits it evenly between both. */
    private void joinAround(int slot, Object commit) {
        int first = slot == 0 ? 0 : slot - 1;
        ElementNode both = runs[first].followedBy(runs[first + 1], commit);
        if (both.slots() <= MAX_SLOTS) {
            replace(first, 2, both);
        } else {
            int half = both.slots() / 2;
            replace(first, 2, both.beforeSlot(half, commit), both.fromSlot(half, commit));
        }
    }

    private void replace(int slot, int count, ElementNode... others) {
        ElementNode[] all = new ElementNode[runs.length - count + others.length];
        System.arraycopy(runs, 0, all, 0, slot);
        System.arraycopy(others, 0, all, slot, others.length);
        System.arraycopy(runs, slot + count, all, slot + others.length, runs.length - slot - count);
        runs = all;
    }

    @Override
    ElementNode fromSlot(int slot, Object commit) {
        return new ElementFork(Arrays.copyOfRange(runs, slot, runs.length), commit);
    }

    @Override
    ElementNode beforeSlot(int slot, Object commit) {
        return new ElementFork(Arrays.copyOf(runs, slot), commit);
    }

    @Override
    ElementNode followedBy(ElementNode next, Object commit) {
        ElementNode[] others = ((ElementFork) next).runs;
        ElementNode[] all = Arrays.copyOf(runs, runs.length + others.length);
        System.arraycopy(others, 0, all, runs.length, others.length);
        return new ElementFork(all, commit);
    }

    @Override
    void forEach(Consumer<Object> action) {
        for (ElementNode run : runs) {
            run.forEach(action);
        }
    }
}
