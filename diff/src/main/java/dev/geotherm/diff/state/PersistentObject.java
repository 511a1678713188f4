package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.Pointer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A persistent object: up to eight members in two arrays, with shared names; more members in a trie. */
final class PersistentObject extends PersistentContainer {
    static final int MAX_FLAT_MEMBERS = 8;
    private static final MemberName[] NO_NAMES = {};
    private static final Object[] NO_VALUES = {};

    private MemberName[] names;
    private Object[] values;
    /** The members if there are more than eight, instead of the arrays. */
    private @Nullable MemberNode many;

    private long sumHigh;
    private long sumLow;

    private PersistentObject(
            Object owner,
            long weight,
            MemberName[] names,
            Object[] values,
            @Nullable MemberNode many,
            long sumHigh,
            long sumLow) {
        super(owner, weight);
        this.names = names;
        this.values = values;
        this.many = many;
        this.sumHigh = sumHigh;
        this.sumLow = sumLow;
    }

    /** Returns an object with the given names; set the values with {@link #fill}. */
    static PersistentObject ofFew(Object owner, MemberName[] names) {
        return new PersistentObject(owner, OWN_BYTES, names, new Object[names.length], null, 0, 0);
    }

    /** Returns an empty object that will have many members. */
    static PersistentObject ofMany(Object owner) {
        return new PersistentObject(owner, OWN_BYTES, NO_NAMES, NO_VALUES, MemberNode.none(owner), 0, 0);
    }

    /** Sets the value of the name at an index. */
    void fill(int index, Object value, HashRegister measure) {
        values[index] = value;
        count(names[index], measure);
    }

    @Override
    PersistentContainer copyFor(Object commit) {
        Object[] values = many == null ? ArrayCopies.copy(this.values) : NO_VALUES;
        MemberNode many = this.many == null ? null : this.many.ownedBy(commit);
        return new PersistentObject(commit, weight(), names, values, many, sumHigh, sumLow);
    }

    @Override
    @Nullable
    Object child(Pointer step) {
        if (many != null) {
            return many.get(step.token());
        }
        int at = indexOf(step.token());
        return at < 0 ? null : values[at];
    }

    @Override
    @Nullable
    Object seek(Pointer step, ChildSlot place) {
        if (many != null) {
            return many.seek(step.token(), place);
        }
        place.index = indexOf(step.token());
        return place.index < 0 ? null : values[place.index];
    }

    private int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].text.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    void adopt(ChildSlot place, PersistentContainer child) {
        (many == null ? values : place.slots)[place.index] = child;
    }

    private MemberName name(ChildSlot place) {
        return many == null ? names[place.index] : place.name;
    }

    @Override
    void rehash(ChildSlot place, PersistentContainer child, HashRegister before, HashRegister after) {
        recount(name(place), before, after);
    }

    @Override
    void exchange(ChildSlot place, Object value, HashRegister before, HashRegister after) {
        (many == null ? values : place.slots)[place.index] = value;
        recount(name(place), before, after);
    }

    private void recount(MemberName name, HashRegister before, HashRegister after) {
        sumHigh += memberHigh(name.high, name.low, after) - memberHigh(name.high, name.low, before);
        sumLow += memberLow(name.high, name.low, after) - memberLow(name.high, name.low, before);
        changed(after.weight - before.weight);
    }

    @Override
    void add(Pointer step, Object value, HashRegister after) {
        add(new MemberName(step.token()), value, after);
    }

    /** Adds a new member. */
    void add(MemberName name, Object value, HashRegister after) {
        if (many == null && names.length < MAX_FLAT_MEMBERS) {
            names = ArrayCopies.with(names, names.length, name);
            values = ArrayCopies.with(values, values.length, value);
        } else {
            many = toMany().with(name, value);
        }
        count(name, after);
    }

    private MemberNode toMany() {
        MemberNode node = many;
        if (node == null) {
            node = MemberNode.none(owner());
            for (int i = 0; i < names.length; i++) {
                node = node.with(names[i], values[i]);
            }
            names = NO_NAMES;
            values = NO_VALUES;
        }
        return node;
    }

    private void count(MemberName name, HashRegister value) {
        sumHigh += memberHigh(name.high, name.low, value);
        sumLow += memberLow(name.high, name.low, value);
        changed(value.weight + name.weight);
    }

    @Override
    void remove(ChildSlot place, HashRegister before) {
        MemberName name = name(place);
        if (many != null) {
            many = many.without(name);
        } else {
            names = ArrayCopies.without(names, place.index);
            values = ArrayCopies.without(values, place.index);
        }
        sumHigh -= memberHigh(name.high, name.low, before);
        sumLow -= memberLow(name.high, name.low, before);
        changed(-before.weight - name.weight);
    }

    @Override
    long high() {
        return sealHigh(true, sumHigh);
    }

    @Override
    long low() {
        return sealLow(true, sumLow);
    }

    private void forEachMember(BiConsumer<MemberName, Object> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
        if (many != null) {
            many.forEach(action);
        }
    }

    @Override
    void forEach(Consumer<Object> action) {
        forEachMember((name, value) -> action.accept(value));
    }

    @Override
    JsonNode build() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        forEachMember((name, value) -> json.set(name.text, json(value)));
        return json;
    }
}
