package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.Pointer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An object as a branch. */
final class ObjectBranch extends Branch {
    private final PersistentMembers members;
    private long sumHigh;
    private long sumLow;

    /** Creates an object without members. */
    ObjectBranch(Object owner) {
        super(owner);
        members = new PersistentMembers();
        seal(OWN_BYTES);
    }

    private ObjectBranch(Object owner, ObjectBranch from) {
        super(owner, from);
        members = from.members.copy();
        sumHigh = from.sumHigh;
        sumLow = from.sumLow;
    }

    @Override
    Branch copyFor(Object commit) {
        return new ObjectBranch(commit, this);
    }

    @Override
    int size() {
        return members.size();
    }

    @Override
    int place(Pointer path) {
        return -1;
    }

    @Override
    @Nullable
    Object child(String token, int index) {
        return members.get(token);
    }

    @Override
    void adopt(String token, int index, Branch child) {
        members.put(token, child);
    }

    @Override
    void measureName(String token, Measure into) {
        into.name(token);
    }

    @Override
    void rehash(Measure name, int index, Branch child, Measure before, Measure after) {
        sumHigh += memberHigh(name, after) - memberHigh(name, before);
        sumLow += memberLow(name, after) - memberLow(name, before);
        seal(weight() + after.weight - before.weight);
    }

    @Override
    void exchange(String token, Measure name, int index, Object value, Measure before, Measure after) {
        members.put(token, value);
        sumHigh += memberHigh(name, after) - memberHigh(name, before);
        sumLow += memberLow(name, after) - memberLow(name, before);
        seal(weight() + after.weight - before.weight);
    }

    @Override
    void add(String token, Measure name, int index, Object value, Measure after) {
        members.put(token, value);
        sumHigh += memberHigh(name, after);
        sumLow += memberLow(name, after);
        seal(weight() + after.weight + name.weight);
    }

    @Override
    void remove(String token, Measure name, int index, Measure before) {
        members.remove(token);
        sumHigh -= memberHigh(name, before);
        sumLow -= memberLow(name, before);
        seal(weight() - before.weight - name.weight);
    }

    private void seal(long weight) {
        seal(true, sumHigh, sumLow, weight);
    }

    @Override
    void settle() {
        members.settle();
    }

    @Override
    void forEach(Consumer<Object> action) {
        members.forEach((name, value) -> action.accept(value));
    }

    @Override
    JsonNode build() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        members.forEach((name, value) -> json.set(name, json(value)));
        return json;
    }
}
