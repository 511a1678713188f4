package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.Pointer;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An object as a branch: up to eight members in two arrays, of which the names are shared, more of them in a trie. */
final class ObjectBranch extends Branch {
    static final int FEW = 8;
    private static final Name[] NO_NAMES = {};
    private static final Object[] NO_VALUES = {};

    private Name[] names;
    private Object[] values;
    /** The members once there are more than a few, in the place of the arrays. */
    private @Nullable MemberNode many;

    private long sumHigh;
    private long sumLow;

    private ObjectBranch(
            Object owner,
            long weight,
            Name[] names,
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

    /** Returns an object that has the given names, to each of which a value is still to be given. */
    static ObjectBranch ofFew(Object owner, Name[] names) {
        return new ObjectBranch(owner, OWN_BYTES, names, new Object[names.length], null, 0, 0);
    }

    /** Returns an object without members that is to have many. */
    static ObjectBranch ofMany(Object owner) {
        return new ObjectBranch(owner, OWN_BYTES, NO_NAMES, NO_VALUES, MemberNode.none(owner), 0, 0);
    }

    /** Gives a value to the next of the names. */
    void fill(int index, Object value, Measure measure) {
        values[index] = value;
        count(names[index], measure);
    }

    @Override
    Branch copyFor(Object commit) {
        Object[] values = many == null ? Slots.copy(this.values) : NO_VALUES;
        MemberNode many = this.many == null ? null : this.many.ownedBy(commit);
        return new ObjectBranch(commit, weight(), names, values, many, sumHigh, sumLow);
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
    Object seek(Pointer step, Place place) {
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
    void adopt(Place place, Branch child) {
        (many == null ? values : place.slots)[place.index] = child;
    }

    private Name name(Place place) {
        return many == null ? names[place.index] : place.name;
    }

    @Override
    void rehash(Place place, Branch child, Measure before, Measure after) {
        recount(name(place), before, after);
    }

    @Override
    void exchange(Place place, Object value, Measure before, Measure after) {
        (many == null ? values : place.slots)[place.index] = value;
        recount(name(place), before, after);
    }

    private void recount(Name name, Measure before, Measure after) {
        sumHigh += memberHigh(name.high, name.low, after) - memberHigh(name.high, name.low, before);
        sumLow += memberLow(name.high, name.low, after) - memberLow(name.high, name.low, before);
        changed(after.weight - before.weight);
    }

    @Override
    void add(Pointer step, Object value, Measure after) {
        add(new Name(step.token()), value, after);
    }

    /** Puts in a member that is not there yet. */
    void add(Name name, Object value, Measure after) {
        if (many == null && names.length < FEW) {
            names = Slots.with(names, names.length, name);
            values = Slots.with(values, values.length, value);
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

    private void count(Name name, Measure value) {
        sumHigh += memberHigh(name.high, name.low, value);
        sumLow += memberLow(name.high, name.low, value);
        changed(value.weight + name.weight);
    }

    @Override
    void remove(Place place, Measure before) {
        Name name = name(place);
        if (many != null) {
            many = many.without(name);
        } else {
            names = Slots.without(names, place.index);
            values = Slots.without(values, place.index);
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

    private void forEachMember(BiConsumer<Name, Object> action) {
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
