package dev.geotherm.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.Settings;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.diff.RandomStates;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The changes that a comparison finds, and the number of its steps. */
class TreeComparisonTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private long steps;

    private static CompareRules rules(String... settings) {
        Map<String, String> values = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
        return TestSettings.rules(Settings.of(TreeDifferSettings.class, values));
    }

    private StateDelta exact(JsonNode a, JsonNode b, CompareRules rules) {
        StateDelta delta = TreeComparison.measured(a, b, rules, work -> steps = work);
        assertThat(JsonEquality.same(delta.applyTo(a), b)).isTrue();
        assertThat(JsonEquality.same(delta.invert().applyTo(b), a)).isTrue();
        return delta;
    }

    private static ArrayNode elements(int count, String key) {
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            array.addObject().put(key, "e" + i).put("v", i % 10);
        }
        return array;
    }

    private static ArrayNode shuffled(ArrayNode array, Random random) {
        List<JsonNode> elements = new ArrayList<>();
        array.deepCopy().forEach(elements::add);
        Collections.shuffle(elements, random);
        return NODES.arrayNode().addAll(elements);
    }

    /**
     * Doubles the input of a comparison several times: the number of steps may grow linearly, times a logarithm, but no
     * faster.
     */
    private void assertLinear(int start, IntFunction<JsonNode> before, IntFunction<JsonNode> after) {
        long last = 0;
        for (int size = start; size <= 8 * start; size *= 2) {
            exact(before.apply(size), after.apply(size), rules());
            if (last > 0) {
                assertThat(steps).as("steps at " + size).isLessThanOrEqualTo(last * 23 / 10);
            }
            last = steps;
        }
    }

    @Test
    void steps_growWithTheState() {
        assertLinear(2_000, size -> elements(size, "name"), size -> {
            ArrayNode b = elements(size, "name");
            b.insert(0, "new");
            b.remove(size / 2);
            return b;
        });
        assertLinear(2_000, size -> elements(size, "id"), size -> {
            ArrayNode b = elements(size, "id");
            b.insert(size / 3, b.remove(size / 2));
            return b;
        });
        assertLinear(2_000, TreeComparisonTest::wide, size -> wide(size).put("k5", "other"));
        assertLinear(
                1_000,
                size -> RandomStates.nested(size, IntNode.valueOf(1)),
                size -> RandomStates.nested(size, IntNode.valueOf(2)));
    }

    @Test
    void steps_growWithTheElementsEvenIfHashesOfKeysCollide() {
        assertLinear(1_024, size -> alike(size, "id"), size -> shuffled(alike(size, "id"), new Random(size)));
        ArrayNode a = alike(1_024, "id");
        assertThat(exact(a, shuffled(a, new Random(1)), rules()).changes())
                .allMatch(change -> change.kind() == ChangeKind.MOVED);
        BigInteger huge = BigInteger.TEN.pow(30);
        BigInteger step = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.valueOf(31));
        // Big numbers with equal hashes.
        IntFunction<JsonNode> numbered = size -> {
            ArrayNode array = NODES.arrayNode();
            for (int i = 0; i < size; i++) {
                array.addObject().put("id", huge.add(step.multiply(BigInteger.valueOf(i))));
            }
            return array;
        };
        assertLinear(1_024, numbered, size -> shuffled((ArrayNode) numbered.apply(size), new Random(size)));
    }

    @Test
    void keys_withTheSameNearestDoubleIdentifyElements() {
        ArrayNode a = NODES.arrayNode();
        for (int i = 0; i < 1_000; i++) {
            a.addObject().put("id", Long.MAX_VALUE / 2 - i).put("v", i);
        }
        ArrayNode b = shuffled(a, new Random(1));
        ((ObjectNode) b.get(7)).put("v", -1);
        assertThat(exact(a, b, rules()).changes())
                .filteredOn(change -> change.kind() != ChangeKind.MOVED)
                .hasSize(1);
        assertThat(steps).isLessThan(20_000);
    }

    @Test
    void steps_growWithTheElementsEvenIfHashesOfContentCollide() {
        assertLinear(1_024, size -> alike(size, "name"), size -> shuffled(alike(size, "name"), new Random(size)));
    }

    /** Elements with texts that have equal string hash codes. */
    private static ArrayNode alike(int size, String key) {
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 1; bit < size; bit *= 2) {
                text.append((i & bit) == 0 ? "Aa" : "BB");
            }
            array.addObject().put(key, text.toString()).put("v", 1);
        }
        return array;
    }

    private static ObjectNode wide(int size) {
        ObjectNode wide = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            wide.put("k" + i, i);
        }
        return wide;
    }

    @Test
    void steps_growWithTheChanges() {
        assertLinear(1_000, size -> elements(size, "id"), size -> shuffled(elements(size, "id"), new Random(size)));
        assertLinear(1_000, size -> elements(size, "name"), size -> shuffled(elements(size, "name"), new Random(size)));
        assertLinear(4_000, size -> repeated(size, 1), size -> repeated(size, 2));
    }

    private static JsonNode repeated(int size, long seed) {
        ArrayNode array = NODES.arrayNode();
        new Random(seed).ints(size, 0, 7).forEach(v -> array.addObject().put("v", v));
        return array;
    }

    @Test
    void steps_sharedPartsCostNothing() {
        ObjectNode a = NODES.objectNode();
        a.set("large", elements(10_000, "id"));
        a.put("x", 1);
        ObjectNode b = NODES.objectNode();
        b.setAll(a);
        exact(a, b.put("x", 2), rules());
        assertThat(steps).isLessThan(10);
    }

    @Test
    void moves_equalElementsDoNotPassEachOtherEvenIfPartlyShared() {
        ArrayNode a = NODES.arrayNode().add(1);
        a.addObject();
        a.addObject();
        ArrayNode b = NODES.arrayNode();
        b.addObject();
        b.add(a.get(1)).add(a.get(0));
        assertThat(exact(a, b, rules()).changes()).extracting(Change::kind).containsExactly(ChangeKind.MOVED);
    }

    @Test
    void moves_oneMovedElementIsOneChange() {
        for (String key : List.of("id", "name")) {
            ArrayNode b = elements(10_000, key);
            b.insert(9_000, b.remove(100));
            assertThat(exact(elements(10_000, key), b, rules()).changes())
                    .extracting(Change::kind)
                    .containsExactly(ChangeKind.MOVED);
        }
    }

    @Test
    void moves_keepTheLongestIncreasingSubsequence() {
        for (String key : List.of("id", "name")) {
            List<Change> changes = exact(elements(1_000, key), shuffled(elements(1_000, key), new Random(7)), rules())
                    .changes();
            assertThat(changes).extracting(Change::kind).containsOnly(ChangeKind.MOVED);
            assertThat(changes).hasSizeLessThanOrEqualTo(945);
        }
    }

    @Test
    void moves_elementThatMovesAndChangesIsMovedAndModified() {
        ArrayNode b = elements(20, "code");
        ObjectNode moved = (ObjectNode) b.remove(3);
        b.insert(15, moved.put("v", "other"));
        assertThat(exact(elements(20, "code"), b, rules("identityKeys", "=code"))
                        .changes())
                .extracting(change -> change.kind() + " " + change.path())
                .containsExactly("MOVED /15", "TYPE_CHANGED /15/v");
    }

    @Test
    void keys_thatAreNotUniqueAreNotUsed() {
        ArrayNode a = elements(6, "id");
        ArrayNode b = elements(6, "id");
        ((ObjectNode) a.get(2)).put("id", "e1");
        b.remove(4);
        exact(a, b, rules());
        ((ObjectNode) b.get(2)).putNull("id");
        exact(a, b, rules());
    }

    @Test
    void moves_disabledRemoveAndAddElements() {
        for (String key : List.of("id", "name")) {
            ArrayNode b = elements(30, key);
            b.insert(20, b.remove(3));
            assertThat(exact(elements(30, key), b, rules("moves", "false")).changes())
                    .extracting(Change::kind)
                    .containsExactly(ChangeKind.REMOVED, ChangeKind.ADDED);
        }
    }

    @Test
    void compare_supportsLargeArrays() {
        assertSteps(20_000);
    }

    @Test
    @Tag("full")
    void compare_supportsHugeArrays() {
        assertSteps(100_000);
    }

    private void assertSteps(int size) {
        ArrayNode a = elements(size, "name");
        TreeComparison.measured(a, shuffled(a, new Random(3)), rules(), work -> steps = work);
        assertThat(steps).isLessThan(100L * size);
        TreeComparison.measured(repeated(size, 1), repeated(size, 2), rules(), work -> steps = work);
        assertThat(steps).isLessThan(2_000L * size);
    }

    @Test
    void compare_changeThousandsOfLevelsDeepIsOneChange() {
        StateDelta delta = exact(
                RandomStates.nested(5_000, IntNode.valueOf(1)),
                RandomStates.nested(5_000, IntNode.valueOf(2)),
                rules("depthLimit", "10000"));
        assertThat(delta.changes()).hasSize(1);
        assertThat(delta.changes().get(0).path().depth()).isEqualTo(5_000);
    }

    @Test
    void splices_replaceLongTextsIfSmaller() {
        String text = "The quick brown fox jumps over the lazy dog. ".repeat(4);
        ObjectNode a = NODES.objectNode().put("t", text);
        ObjectNode b = NODES.objectNode().put("t", text.replaceFirst("fox", "\uD83D\uDE00"));
        assertThat(exact(a, b, rules()).changes()).extracting(Change::kind).containsExactly(ChangeKind.TEXT_SPLICED);
        assertThat(exact(a, b, rules("spliceFrom", "0")).changes())
                .extracting(Change::kind)
                .containsExactly(ChangeKind.MODIFIED);
        RandomCases.run(
                500,
                random -> exact(NODES.textNode(text(random)), NODES.textNode(text(random)), rules("spliceFrom", "1")));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(60), 0, 3)
                .forEach(i -> text.append(i == 0 ? "a" : i == 1 ? "\uD83D\uDE00" : "\uD83D\uDE01"));
        return text.toString();
    }

    @Test
    void reversible_disabledOmitsOldValues() {
        CompareRules small = rules("reversible", "false");
        RandomCases.run(300, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            StateDelta delta = TreeComparison.compare(a, b, small);
            assertThat(JsonEquality.same(delta.applyTo(a), b)).isTrue();
            assertThat(delta.changes())
                    .allSatisfy(change -> assertThat(change.before()).isNull());
        });
    }

    @Test
    void numbersByValue_comparesNumbersByValue() {
        CompareRules byValue = rules("numbersByValue", "true");
        ArrayNode a = NODES.arrayNode().add(1).add(2.5).add(0.0);
        ArrayNode b = NODES.arrayNode()
                .add(DoubleNode.valueOf(1))
                .add(new BigDecimal("2.50"))
                .add(-0.0);
        assertThat(TreeComparison.compare(a, b, byValue).isEmpty()).isTrue();
        assertThat(exact(a, b, rules()).isEmpty()).isFalse();
        RandomCases.run(300, random -> {
            JsonNode one = RandomStates.state(random);
            JsonNode two = RandomStates.variant(one, random);
            JsonNode result = TreeComparison.compare(one, two, byValue).applyTo(one);
            assertThat(JsonEquality.sameByValue(result, two)).isTrue();
        });
    }

    @Test
    void compare_isExactForEverySetting() {
        for (String[] setting : new String[][] {
            {"moves", "false"}, {"spliceFrom", "1"}, {"depthLimit", "10000"}, {"identityKeys", "/**=a"}
        }) {
            RandomCases.run(300, random -> {
                JsonNode a = RandomStates.state(random);
                exact(a, RandomStates.variant(a, random), rules(setting[0], setting[1]));
            });
        }
    }
}
