package dev.geotherm.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.diff.RandomStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many changes applied at once, which copy each container once, compared with the same changes applied one at a time.
 */
class DeltaApplicationTest {

    @Test
    void apply_equalsChangesOneByOneAndLeavesSharedValuesUnchanged() {
        applyAtOnce(300);
    }

    @Test
    @Tag("full")
    void apply_ofManyCasesEqualsChangesOneByOne() {
        applyAtOnce(3_000);
    }

    private static void applyAtOnce(int cases) {
        RandomCases.run(cases, random -> {
            JsonNode before = JsonNodeFactory.instance
                    .objectNode()
                    .<ObjectNode>set("s", RandomStates.state(random))
                    .set("l", list(random, 2));
            JsonNode untouched = before.deepCopy();
            JsonNode oneByOne = before;
            List<Change> changes = new ArrayList<>();
            List<JsonNode> values = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                Change change = change(random, oneByOne, values);
                oneByOne = new StateDelta(List.of(change)).applyTo(oneByOne.deepCopy());
                changes.add(change);
            }
            List<JsonNode> copies =
                    values.stream().map(value -> (JsonNode) value.deepCopy()).toList();

            JsonNode atOnce = new StateDelta(changes).applyTo(before);

            assertThat(atOnce).isEqualTo(oneByOne);
            assertThat(before).isEqualTo(untouched);
            assertThat(values).isEqualTo(copies);
        });
    }

    private static ArrayNode list(Random random, int levels) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 3; i++) {
            ObjectNode element = list.addObject().put("v", random.nextInt(5));
            if (levels > 0) {
                element.set("l", list(random, levels - 1));
            }
        }
        return list;
    }

    /** New values can be values used before, or values in the state, to reveal incorrect sharing. */
    private static Change change(Random random, JsonNode state, List<JsonNode> values) {
        Pointer path = containers(state).get(random.nextInt(containers(state).size()));
        JsonNode container = path.in(state);
        List<Pointer> children = new ArrayList<>();
        container.fieldNames().forEachRemaining(name -> children.add(path.child(name)));
        for (int i = 0; container.isArray() && i < container.size(); i++) {
            children.add(path.child(i));
        }
        Pointer place = container.isArray()
                ? path.child(random.nextInt(container.size() + 1))
                : path.child("n" + values.size() + "_" + random.nextInt(1 << 30));
        int what = children.isEmpty() ? 0 : random.nextInt(4);
        if (what == 0) {
            return Change.added(place, value(random, values));
        }
        Pointer child = children.get(random.nextInt(children.size()));
        if (what == 1 && children.size() > 1) {
            return Change.removed(child, null);
        } else if (what == 2) {
            return Change.replaced(ChangeKind.MODIFIED, child, null, value(random, values), 0.5);
        }
        boolean within = container.isArray();
        return Change.moved(child, within ? children.get(random.nextInt(children.size())) : place);
    }

    private static JsonNode value(Random random, List<JsonNode> values) {
        if (values.isEmpty() || random.nextInt(3) > 0) {
            values.add(random.nextBoolean() ? list(random, 1) : IntNode.valueOf(random.nextInt(9)));
        }
        return values.get(random.nextInt(values.size()));
    }

    private static List<Pointer> containers(JsonNode state) {
        List<Pointer> found = new ArrayList<>(List.of(Pointer.ROOT));
        for (int i = 0; i < found.size(); i++) {
            Pointer path = found.get(i);
            JsonNode container = path.in(state);
            int index = 0;
            var names = container.fieldNames();
            for (JsonNode child : container) {
                Pointer at = container.isObject() ? path.child(names.next()) : path.child(index++);
                if (child.isContainerNode()) {
                    found.add(at);
                }
            }
        }
        return found;
    }
}
