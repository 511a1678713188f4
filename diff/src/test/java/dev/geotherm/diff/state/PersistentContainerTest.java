package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.diff.RandomStates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Persistent containers compared with plain JSON: after any edits, content, hash and weight are equal. */
class PersistentContainerTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static void assertIs(Object root, JsonNode expected) {
        assertThat(JsonEquality.same(HashedContainer.json(root), expected)).isTrue();
        HashRegister measure = new HashRegister();
        measure.take(root);
        HashRegister plain = new HashRegister();
        StateHash.measure(expected, plain);
        assertThat(new Fingerprint(measure.high, measure.low)).isEqualTo(new Fingerprint(plain.high, plain.low));
        assertThat(measure.weight).isEqualTo(plain.weight);
    }

    @Test
    void edits_anyStateBecomesAnEqualOne() {
        RandomCases.run(300, random -> {
            JsonNode state = RandomStates.state(random);
            assertIs(TreeBuilder.of(state, new Object()), state);
            assertIs(HashedContainer.of(state, new HashRegister()), state);
        });
    }

    @Test
    void array_supportsInsertionsAndRemovalsAnywhere() {
        RandomCases.run(60, random -> {
            int length = random.nextInt(4) == 0 ? random.nextInt(5000) : random.nextInt(80);
            List<JsonNode> model = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                model.add(IntNode.valueOf(random.nextInt(5)));
            }
            Object root = TreeBuilder.of(JSON.objectNode().set("list", array(model)), new Object());
            int bias = random.nextInt(3);
            for (int commit = 0; commit < 6; commit++) {
                JsonNode before = JSON.objectNode().set("list", array(model));
                TreeEditor editor = new TreeEditor(root);
                for (int i = random.nextInt(200); i >= 0; i--) {
                    edit(editor, model, random, bias);
                }
                Object after = editor.close();
                assertIs(after, JSON.objectNode().set("list", array(model)));
                assertIs(root, before);
                root = after;
            }
        });
    }

    private static void edit(TreeEditor editor, List<JsonNode> model, Random random, int bias) {
        int index = random.nextInt(model.size() + 1);
        Pointer path = Pointer.of("list").child(index);
        int choice = random.nextInt(5);
        JsonNode value = IntNode.valueOf(random.nextInt(5));
        if (choice < 2 + bias % 2 || index == model.size()) {
            editor.insert(path, value);
            model.add(index, value);
        } else if (choice == 4 && bias != 2) {
            editor.set(path, value);
            model.set(index, value);
        } else {
            editor.remove(path);
            model.remove(index);
        }
        assertThat(editor.arraySize(Pointer.of("list"))).isEqualTo(model.size());
    }

    private static ArrayNode array(List<JsonNode> elements) {
        return JSON.arrayNode().addAll(elements);
    }

    @Test
    void array_staysShallowAfterRemovals() {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < 40_000; i++) {
            array.add(i);
        }
        TreeEditor editor = new TreeEditor(TreeBuilder.of(array, new Object()));
        Random random = new Random(1);
        for (int size = 40_000; size > 3; size--) {
            editor.remove(Pointer.ROOT.child(random.nextInt(size)));
        }
        Object rest = editor.close();
        assertThat(HashedContainer.json(rest)).hasSize(3);
        assertIs(rest, HashedContainer.json(rest));
    }

    @Test
    void object_supportsManyAdditionsAndRemovals() {
        RandomCases.run(30, random -> {
            ObjectNode model = JSON.objectNode();
            Object root = TreeBuilder.of(model, new Object());
            for (int commit = 0; commit < 6; commit++) {
                Object earlier = root;
                JsonNode earlierModel = model.deepCopy();
                TreeEditor editor = new TreeEditor(root);
                for (int i = random.nextInt(400); i >= 0; i--) {
                    String key = "k" + random.nextInt(500);
                    if (random.nextInt(3) == 0 && model.has(key)) {
                        editor.remove(Pointer.of(key));
                        model.remove(key);
                    } else {
                        JsonNode value = IntNode.valueOf(random.nextInt(3));
                        editor.set(Pointer.of(key), value);
                        model.set(key, value);
                    }
                }
                root = editor.close();
                assertIs(root, model);
                assertIs(earlier, earlierModel);
            }
        });
    }

    @Test
    void object_distinguishesKeysWithTheSameHashCode() {
        ObjectNode model = JSON.objectNode();
        List<String> keys = new ArrayList<>(List.of(""));
        for (int i = 0; i < 8; i++) {
            List<String> longer = new ArrayList<>();
            keys.forEach(key -> longer.addAll(List.of(key + "Aa", key + "BB")));
            keys = longer;
        }
        TreeEditor first = new TreeEditor(TreeBuilder.of(model, new Object()));
        for (String key : keys) {
            model.put(key, key);
            first.set(Pointer.of(key), model.get(key));
        }
        Object all = first.close();
        assertIs(all, model);
        JsonNode allModel = model.deepCopy();
        TreeEditor second = new TreeEditor(all);
        keys.subList(0, 254).forEach(key -> second.remove(Pointer.of(key)));
        model.remove(keys.subList(0, 254));
        second.set(Pointer.of(keys.get(255)), IntNode.valueOf(1));
        model.put(keys.get(255), 1);
        assertIs(second.close(), model);
        assertIs(all, allModel);
    }

    @Test
    void move_costIsIndependentOfTheValue() {
        JsonNode big = RandomStates.nested(3_000, JSON.numberNode(1));
        TreeEditor editor = new TreeEditor(TreeBuilder.of(JSON.objectNode().set("a", big), new Object()));
        editor.move(Pointer.of("a"), Pointer.of("b"));
        assertIs(editor.close(), JSON.objectNode().set("b", big));
    }

    @Test
    void hash_ofDoublesIsIndependentOfTheirSource() {
        RandomCases.run(100, random -> {
            ArrayNode array = JSON.arrayNode();
            int others = random.nextInt(3) * random.nextInt(20);
            for (int i = random.nextInt(200); i >= 0; i--) {
                double number = random.nextBoolean() ? random.nextDouble() : random.nextInt(3) - 1;
                array.add(random.nextInt(100) < others ? RandomStates.state(random) : DoubleNode.valueOf(number));
            }
            assertIs(TreeBuilder.of(array, new Object()), array);
        });
    }

    @Test
    void validation_findsInvalidValuesBetweenDoubles() {
        Object root = TreeBuilder.of(JSON.objectNode().put("a", 1), new Object());
        for (JsonNode foreign : List.of(
                DoubleNode.valueOf(Double.NaN),
                FloatNode.valueOf(Float.NEGATIVE_INFINITY),
                MissingNode.getInstance(),
                JSON.pojoNode("any"))) {
            TreeEditor editor = new TreeEditor(root);
            ArrayNode array = JSON.arrayNode().add(0.5).add(foreign).add(0.25);
            assertThatThrownBy(
                            () -> editor.set(Pointer.of("b"), JSON.objectNode().set("c", array)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'/b/c/1'");
            assertThatThrownBy(() -> editor.set(Pointer.of("a"), foreign)).isInstanceOf(IllegalArgumentException.class);
            editor.set(Pointer.of("a"), IntNode.valueOf(2)); // a refused value does not affect later ones
            assertIs(editor.close(), JSON.objectNode().put("a", 2));
        }
    }

    @Test
    void hash_isEqualForNumbersThatJsonWritesAlike() {
        for (Map.Entry<JsonNode, JsonNode> pair : List.<Map.Entry<JsonNode, JsonNode>>of(
                Map.entry(IntNode.valueOf(7), LongNode.valueOf(7)),
                Map.entry(DoubleNode.valueOf(0.1), DecimalNode.valueOf(new BigDecimal("0.1"))),
                Map.entry(FloatNode.valueOf(0.1f), DoubleNode.valueOf(0.1)))) {
            HashRegister first = new HashRegister();
            first.take(pair.getKey());
            HashRegister second = new HashRegister();
            second.take(pair.getValue());
            assertThat(first.sameHash(second)).isTrue();
        }
    }
}
