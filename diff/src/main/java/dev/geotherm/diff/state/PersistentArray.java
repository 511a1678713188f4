package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.delta.Pointer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An array as a persistent container. */
final class PersistentArray extends PersistentContainer {
    private ElementNode elements;

    private PersistentArray(Object owner, ElementNode elements, long weight) {
        super(owner, weight);
        this.elements = elements;
    }

    /** Returns an array with the given elements and their total weight. */
    static PersistentArray of(Object[] elements, long weight, Object owner) {
        ElementNode[] level =
                new ElementNode[Math.max(1, (elements.length + ElementNode.MAX_SLOTS - 1) / ElementNode.MAX_SLOTS)];
        for (int i = 0; i < level.length; i++) {
            int start = i * ElementNode.MAX_SLOTS;
            int end = Math.min(elements.length, start + ElementNode.MAX_SLOTS);
            level[i] = new ElementLeaf(Arrays.copyOfRange(elements, start, end), owner);
        }
        while (level.length > 1) {
            ElementNode[] above = new ElementNode[(level.length + ElementNode.MAX_SLOTS - 1) / ElementNode.MAX_SLOTS];
            for (int i = 0; i < above.length; i++) {
                int start = i * ElementNode.MAX_SLOTS;
                int end = Math.min(level.length, start + ElementNode.MAX_SLOTS);
                above[i] = new ElementFork(Arrays.copyOfRange(level, start, end), owner);
            }
            level = above;
        }
        return new PersistentArray(owner, level[0], OWN_BYTES + weight);
    }

    @Override
    PersistentContainer copyFor(Object commit) {
        return new PersistentArray(commit, elements, weight());
    }

    int size() {
        return elements.size;
    }

    @Override
    @Nullable
    Object child(Pointer step) {
        return at(step.index());
    }

    @Override
    @Nullable
    Object seek(Pointer step, ChildSlot place) {
        place.index = step.index();
        return at(place.index);
    }

    private @Nullable Object at(int index) {
        return index >= 0 && index < elements.size ? elements.get(index) : null;
    }

    @Override
    void adopt(ChildSlot place, PersistentContainer child) {
        elements = elements.set(place.index, child, 0, 0, owner());
    }

    @Override
    void rehash(ChildSlot place, PersistentContainer child, HashRegister before, HashRegister after) {
        exchange(place, child, before, after);
    }

    @Override
    void exchange(ChildSlot place, Object value, HashRegister before, HashRegister after) {
        long high = ModularPowers.minus(ModularPowers.residue(after.high), ModularPowers.residue(before.high));
        long low = ModularPowers.minus(ModularPowers.residue(after.low), ModularPowers.residue(before.low));
        elements = elements.set(place.index, value, high, low, owner());
        changed(after.weight - before.weight);
    }

    @Override
    void add(Pointer step, Object value, HashRegister after) {
        ElementNode more = elements.insert(step.index(), value, owner());
        if (more.slots() > ElementNode.MAX_SLOTS) {
            int half = more.slots() / 2;
            ElementNode[] halves = {more.beforeSlot(half, owner()), more.fromSlot(half, owner())};
            more = new ElementFork(halves, owner());
        }
        elements = more;
        changed(after.weight);
    }

    @Override
    void remove(ChildSlot place, HashRegister before) {
        ElementNode fewer = elements.remove(place.index, owner());
        while (fewer instanceof ElementFork inner && inner.slots() == 1) {
            fewer = inner.onlyRun();
        }
        elements = fewer;
        changed(-before.weight);
    }

    @Override
    long high() {
        return sealHigh(false, elements.high);
    }

    @Override
    long low() {
        return sealLow(false, elements.low);
    }

    @Override
    void forEach(Consumer<Object> action) {
        elements.forEach(action);
    }

    @Override
    JsonNode build() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode(elements.size);
        elements.forEach(element -> json.add(json(element)));
        return json;
    }
}
