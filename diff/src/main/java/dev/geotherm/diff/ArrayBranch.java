package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.delta.Pointer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An array as a branch. */
final class ArrayBranch extends Branch {
    private Run elements;

    private ArrayBranch(Object owner, Run elements, long weight) {
        super(owner, weight);
        this.elements = elements;
    }

    /** Returns an array of the given elements, which together have the given weight. */
    static ArrayBranch of(Object[] elements, long weight, Object owner) {
        Run[] level = new Run[Math.max(1, (elements.length + Run.MOST - 1) / Run.MOST)];
        for (int i = 0; i < level.length; i++) {
            int start = i * Run.MOST;
            int end = Math.min(elements.length, start + Run.MOST);
            level[i] = new LeafRun(Arrays.copyOfRange(elements, start, end), owner);
        }
        while (level.length > 1) {
            Run[] above = new Run[(level.length + Run.MOST - 1) / Run.MOST];
            for (int i = 0; i < above.length; i++) {
                int start = i * Run.MOST;
                int end = Math.min(level.length, start + Run.MOST);
                above[i] = new InnerRun(Arrays.copyOfRange(level, start, end), owner);
            }
            level = above;
        }
        return new ArrayBranch(owner, level[0], OWN_BYTES + weight);
    }

    @Override
    Branch copyFor(Object commit) {
        return new ArrayBranch(commit, elements, weight());
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
    Object seek(Pointer step, Place place) {
        place.index = step.index();
        return at(place.index);
    }

    private @Nullable Object at(int index) {
        return index >= 0 && index < elements.size ? elements.get(index) : null;
    }

    @Override
    void adopt(Place place, Branch child) {
        elements = elements.set(place.index, child, 0, 0, owner());
    }

    @Override
    void rehash(Place place, Branch child, Measure before, Measure after) {
        exchange(place, child, before, after);
    }

    @Override
    void exchange(Place place, Object value, Measure before, Measure after) {
        long high = Powers.minus(Powers.residue(after.high), Powers.residue(before.high));
        long low = Powers.minus(Powers.residue(after.low), Powers.residue(before.low));
        elements = elements.set(place.index, value, high, low, owner());
        changed(after.weight - before.weight);
    }

    @Override
    void add(Pointer step, Object value, Measure after) {
        Run more = elements.insert(step.index(), value, owner());
        if (more.slots() > Run.MOST) {
            int half = more.slots() / 2;
            Run[] halves = {more.beforeSlot(half, owner()), more.fromSlot(half, owner())};
            more = new InnerRun(halves, owner());
        }
        elements = more;
        changed(after.weight);
    }

    @Override
    void remove(Place place, Measure before) {
        Run fewer = elements.remove(place.index, owner());
        while (fewer instanceof InnerRun inner && inner.slots() == 1) {
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
