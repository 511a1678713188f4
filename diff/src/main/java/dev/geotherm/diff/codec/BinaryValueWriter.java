package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.diff.json.JsonLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A writer of values: types and shapes in the order of the values, scalars separately.
 *
 * <p>Does not recurse; for one thread at a time.
 */
final class BinaryValueWriter {
    private final BinaryNameTable keys;
    private final ByteColumn types = new ByteColumn();
    private final NumberColumn shapes = new NumberColumn();
    private final NumberColumn sizes = new NumberColumn();
    private final NumberColumn names = new NumberColumn();
    private final Map<List<String>, Integer> shapeIds = new HashMap<>();
    private final BinaryScalarWriter scalars = new BinaryScalarWriter();
    private final Deque<Open> open = new ArrayDeque<>();

    private record Open(Iterator<?> rest, int context) {}

    BinaryValueWriter(BinaryNameTable keys) {
        this.keys = keys;
    }

    /** Returns the context of values with the given name. */
    static int context(int key, boolean going) {
        return 2 * (key + 1) + (going ? 1 : 0);
    }

    void write(JsonNode value, int context) {
        begin(value, context);
        while (!open.isEmpty()) {
            Open innermost = open.element();
            if (!innermost.rest.hasNext()) {
                open.pop();
            } else {
                writeNext(innermost.rest.next(), innermost.context);
            }
        }
    }

    private void writeNext(Object next, int context) {
        if (next instanceof Map.Entry<?, ?> member) {
            int key = keys.id((String) member.getKey());
            begin((JsonNode) member.getValue(), context(key, (context & 1) != 0));
        } else {
            begin((JsonNode) next, context);
        }
    }

    void writeText(JsonNode text, int context) {
        scalars.add(context, BinaryType.TEXT, text);
    }

    private void begin(JsonNode value, int context) {
        BinaryType type = BinaryType.of(value);
        types.put(type.number());
        switch (type) {
            case OBJECT -> {
                shape(value);
                enter(value.properties().iterator(), context);
            }
            case ARRAY -> {
                sizes.put(value.size());
                enter(value.iterator(), context);
            }
            case NULL, FALSE, TRUE -> {}
            default -> scalars.add(context, type, value);
        }
    }

    private void enter(Iterator<?> rest, int context) {
        if (open.size() == JsonLimits.MAX_LEVELS) {
            throw new DeltaException("a value of more than " + JsonLimits.MAX_LEVELS + " levels cannot be encoded");
        }
        open.push(new Open(rest, context));
    }

    private void shape(JsonNode object) {
        List<String> members = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(members::add);
        Integer known = shapeIds.putIfAbsent(members, shapeIds.size());
        if (known != null) {
            shapes.put(known + 1);
            return;
        }
        shapes.put(0);
        sizes.put(members.size());
        members.forEach(name -> names.put(keys.refer(name) + 1));
    }

    void writeTo(ByteColumn out) {
        out.putNumber(types.size());
        out.put(types);
        shapes.writeTo(out);
        sizes.writeTo(out);
        names.writeTo(out);
        scalars.writeTo(out);
    }
}
