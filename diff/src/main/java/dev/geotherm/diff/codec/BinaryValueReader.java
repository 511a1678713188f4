package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.diff.json.JsonLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reader of values that {@link BinaryValueWriter} wrote: containers first, then all scalars.
 *
 * <p>Does not recurse. The memory of the values is a small multiple of the bytes.
 */
final class BinaryValueReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final BinaryNameReader keys;
    private final ByteCursor types;
    private final NumberColumn.Reader shapes;
    private final NumberColumn.Reader sizes;
    private final NumberColumn.Reader names;
    private final BinaryScalarReader scalars;
    private final List<int[]> known = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    /** An incomplete container: an array if it has no shape. */
    private static final class Open {
        private final JsonNode container;
        private final int @Nullable [] shape;
        private final int size;
        private final int context;
        private int next;

        private Open(JsonNode container, int @Nullable [] shape, int size, int context) {
            this.container = container;
            this.shape = shape;
            this.size = size;
            this.context = context;
        }
    }

    BinaryValueReader(BinaryNameReader keys, ByteCursor from) {
        this.keys = keys;
        this.types = from.next(from.count());
        this.shapes = new NumberColumn.Reader(from);
        this.sizes = new NumberColumn.Reader(from);
        this.names = new NumberColumn.Reader(from);
        this.scalars = new BinaryScalarReader(from);
    }

    /** Returns the number of values, including inner ones, not yet read. */
    int left() {
        return types.remaining();
    }

    /** Returns the number of names in the shapes not yet read. */
    int namesLeft() {
        return names.left();
    }

    /** Returns the position of the next value; the value is there once {@link #finish} has returned. */
    BinaryPosition read(int context) {
        BinaryPosition root = begin(context, null, "", 0);
        while (!open.isEmpty()) {
            Open innermost = open.element();
            if (innermost.next == innermost.size) {
                open.pop();
            } else if (innermost.shape == null) {
                begin(innermost.context, innermost.container, "", innermost.next++);
            } else {
                int key = innermost.shape[innermost.next++];
                boolean going = (innermost.context & 1) != 0;
                begin(BinaryValueWriter.context(key, going), innermost.container, keys.get(key), 0);
            }
        }
        return root;
    }

    /** Returns the position of the next text that is not part of a value. */
    BinaryPosition readText(int context) {
        BinaryPosition position = new BinaryPosition(BinaryType.TEXT, context, null, "", 0);
        scalars.add(position);
        return position;
    }

    /** Reads the scalars of all values. */
    void finish() {
        if (types.remaining() + shapes.left() + sizes.left() + names.left() > 0) {
            throw new DeltaException("the delta has more values than its changes need");
        }
        scalars.fill();
    }

    private BinaryPosition begin(int context, @Nullable JsonNode container, String member, int index) {
        BinaryType type = BinaryType.of(types.next());
        BinaryPosition position = new BinaryPosition(type, context, container, member, index);
        switch (type) {
            case NULL -> position.set(NullNode.getInstance());
            case FALSE, TRUE -> position.set(NODES.booleanNode(type == BinaryType.TRUE));
            case OBJECT -> {
                int[] shape = shape();
                position.set(NODES.objectNode());
                enter(new Open(position.value(), shape, shape.length, context));
            }
            case ARRAY -> {
                int size = sizes.next(types.remaining());
                position.set(NODES.arrayNode());
                enter(new Open(position.value(), null, size, context));
            }
            default -> {
                position.set(NullNode.getInstance());
                scalars.add(position);
            }
        }
        return position;
    }

    private void enter(Open container) {
        if (open.size() == JsonLimits.MAX_LEVELS) {
            throw new DeltaException("a value has more than " + JsonLimits.MAX_LEVELS + " levels");
        }
        open.push(container);
    }

    private int[] shape() {
        int id = shapes.next(known.size());
        if (id > 0) {
            return known.get(id - 1);
        }
        int[] shape = new int[sizes.next(names.left())];
        Set<Integer> distinct = new HashSet<>();
        for (int i = 0; i < shape.length; i++) {
            shape[i] = keys.resolve(names.next());
            if (!distinct.add(shape[i])) {
                throw new DeltaException("an object has two members of the same name");
            }
        }
        known.add(shape);
        return shape;
    }
}
