package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.Pointer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An object as a branch. */
final class ObjectBranch extends Branch {
    private final PersistentMembers members;
    private long sumHigh;
    private long sumLow;

    private ObjectBranch(Object owner, PersistentMembers members) {
        super(owner);
        this.members = members;
    }

    /** Returns an object without members. */
    static ObjectBranch empty(Object owner) {
        ObjectBranch empty = new ObjectBranch(owner, PersistentMembers.none());
        empty.seal(OWN_BYTES);
        return empty;
    }

    @Override
    Branch copyFor(Object commit) {
        ObjectBranch copy = new ObjectBranch(commit, members.copy());
        copy.sumHigh = sumHigh;
        copy.sumLow = sumLow;
        copy.seal(weight());
        return copy;
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
    void rehash(String token, int index, Branch child, Measure before, Measure after) {
        rehash(token, before, after);
    }

    private void rehash(String token, Measure before, Measure after) {
        Measure name = new Measure();
        name.name(token);
        sumHigh += memberHigh(name, after) - memberHigh(name, before);
        sumLow += memberLow(name, after) - memberLow(name, before);
        seal(weight() + after.weight - before.weight);
    }

    @Override
    void exchange(String token, int index, Object value, Measure before, Measure after) {
        members.put(token, value);
        rehash(token, before, after);
    }

    @Override
    void add(String token, int index, Object value, Measure after) {
        members.put(token, value);
        Measure name = new Measure();
        name.name(token);
        sumHigh += memberHigh(name, after);
        sumLow += memberLow(name, after);
        seal(weight() + after.weight + name.weight);
    }

    @Override
    void remove(String token, int index, Measure before) {
        members.remove(token);
        Measure name = new Measure();
        name.name(token);
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
        for (Map.Entry<String, Object> member : members.entries()) {
            action.accept(member.getValue());
        }
    }

    @Override
    JsonNode build() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, Object> member : members.entries()) {
            json.set(member.getKey(), json(member.getValue()));
        }
        return json;
    }
}
