package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A non-recursive builder of persistent containers from all levels of a JSON value; does not retain the JSON. */
final class TreeBuilder {
    private final Object owner;
    private final HashRegister measure = new HashRegister();
    private final NameCache shapes = new NameCache();

    private TreeBuilder(Object owner) {
        this.owner = owner;
    }

    /** Returns a value of a state that shares nothing mutable with the JSON; its containers belong to the owner. */
    static Object of(JsonNode json, Object owner) {
        return json.isContainerNode() ? new TreeBuilder(owner).grow(json) : json;
    }

    private Object grow(JsonNode root) {
        Frame frame = frame(root, null);
        while (true) {
            JsonNode child = frame.next();
            if (child == null) {
                Object grown = frame.end();
                if (frame.around == null) {
                    return grown;
                }
                frame = frame.around;
                measure.take(grown);
                frame.add(grown, measure);
            } else if (child.isContainerNode()) {
                frame = frame(child, frame);
            } else {
                measure.scalar(child);
                frame.add(child, measure);
            }
        }
    }

    private Frame frame(JsonNode container, @Nullable Frame around) {
        return container.isObject()
                ? new ObjectFrame(container, around, owner, shapes)
                : new ArrayFrame(container, around, owner);
    }

    private abstract static class Frame {
        final @Nullable Frame around;

        Frame(@Nullable Frame around) {
            this.around = around;
        }

        abstract @Nullable JsonNode next();

        abstract void add(Object child, HashRegister measure);

        abstract Object end();
    }

    private static final class ObjectFrame extends Frame {
        private final Iterator<Map.Entry<String, JsonNode>> members;
        private final boolean few;
        private final PersistentObject grown;
        private String name = "";
        private int index;

        ObjectFrame(JsonNode container, @Nullable Frame around, Object owner, NameCache shapes) {
            super(around);
            members = container.properties().iterator();
            few = container.size() <= PersistentObject.MAX_FLAT_MEMBERS;
            grown = few ? PersistentObject.ofFew(owner, shapes.of(names(container))) : PersistentObject.ofMany(owner);
        }

        private static List<String> names(JsonNode container) {
            List<String> names = new ArrayList<>(container.size());
            container.fieldNames().forEachRemaining(names::add);
            return names;
        }

        @Override
        @Nullable
        JsonNode next() {
            if (!members.hasNext()) {
                return null;
            }
            Map.Entry<String, JsonNode> member = members.next();
            name = member.getKey();
            return member.getValue();
        }

        @Override
        void add(Object child, HashRegister measure) {
            if (few) {
                grown.fill(index++, child, measure);
            } else {
                grown.add(new MemberName(name), child, measure);
            }
        }

        @Override
        Object end() {
            return grown;
        }
    }

    private static final class ArrayFrame extends Frame {
        private final JsonNode elements;
        private final Object[] grown;
        private final Object owner;
        private int index;
        private long weight;

        ArrayFrame(JsonNode container, @Nullable Frame around, Object owner) {
            super(around);
            elements = container;
            grown = new Object[container.size()];
            this.owner = owner;
        }

        @Override
        @Nullable
        JsonNode next() {
            return index < grown.length ? elements.get(index) : null;
        }

        @Override
        void add(Object child, HashRegister measure) {
            grown[index++] = child;
            weight += measure.weight;
        }

        @Override
        Object end() {
            return PersistentArray.of(grown, weight, owner);
        }
    }
}
