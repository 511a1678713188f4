package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.diff.Pointer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An array as a branch. */
final class ArrayBranch extends Branch {
    private final Object owner;
    private Run elements;

    private ArrayBranch(Object owner, Run elements, long weight) {
        super(owner);
        this.owner = owner;
        this.elements = elements;
        seal(weight);
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

    private void seal(long weight) {
        seal(false, elements.high, elements.low, weight);
    }

    private ArrayBranch(Object owner, ArrayBranch from) {
        super(owner, from);
        this.owner = owner;
        elements = from.elements;
    }

    @Override
    Branch copyFor(Object commit) {
        return new ArrayBranch(commit, this);
    }

    @Override
    int size() {
        return elements.size;
    }

    @Override
    int place(Pointer path) {
        return path.index();
    }

    @Override
    @Nullable
    Object child(String token, int index) {
        return index >= 0 && index < elements.size ? elements.get(index) : null;
    }

    @Override
    void adopt(String token, int index, Branch child) {
        elements = elements.set(index, child, 0, 0, owner);
    }

    @Override
    void measureName(String token, Measure into) {
        // An element has none.
    }

    @Override
    void rehash(Measure name, int index, Branch child, Measure before, Measure after) {
        exchange("", name, index, child, before, after);
    }

    @Override
    void exchange(String token, Measure name, int index, Object value, Measure before, Measure after) {
        long high = Powers.minus(Powers.residue(after.high), Powers.residue(before.high));
        long low = Powers.minus(Powers.residue(after.low), Powers.residue(before.low));
        elements = elements.set(index, value, high, low, owner);
        seal(weight() + after.weight - before.weight);
    }

    @Override
    void add(String token, Measure name, int index, Object value, Measure after) {
        Run more = elements.insert(index, value, owner);
        if (more.slots() > Run.MOST) {
            int half = more.slots() / 2;
            Run[] halves = {more.beforeSlot(half, owner), more.fromSlot(half, owner)};
            more = new InnerRun(halves, owner);
        }
        elements = more;
        seal(weight() + after.weight);
    }

    @Override
    void remove(String token, Measure name, int index, Measure before) {
        Run fewer = elements.remove(index, owner);
        while (fewer instanceof InnerRun inner && inner.slots() == 1) {
            fewer = inner.onlyRun();
        }
        elements = fewer;
        seal(weight() - before.weight);
    }

    @Override
    void settle() {
        // Runs know whose they are.
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
