package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.JsonLength;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.diff.compare.Magnitude;
import dev.geotherm.testkit.RandomCases;
import dev.geotherm.testkit.diff.RandomStates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In no format is a delta larger than one replacement of the changed value, at any level, measured in bytes of that
 * format.
 */
class DeltaSizeTest {
    private static final int CASES = 300;

    /** Each case encodes several deltas with every compression. */
    private static final int COMPRESSED_CASES = 40;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final TreeDiffer differ =
            new TreeDiffer(TestSettings.with("depthLimit", "10000"), ComponentContext.standalone("size"));

    private final TreeDiffer oneWay = new TreeDiffer(
            Settings.of(TreeDifferSettings.class, Map.of("depthLimit", "10000", "reversible", "false")),
            ComponentContext.standalone("size"));

    @AfterEach
    void close() {
        differ.close();
        oneWay.close();
    }

    /**
     * Returns one replacement by the whole new value; that of a scalar has its magnitude, which is part of a small
     * change.
     */
    private static StateDelta replacement(Pointer path, @Nullable JsonNode before, JsonNode after, JsonNode old) {
        ChangeKind kind = ChangeKind.ofReplacement(old, after);
        double magnitude = path.isRoot() || after.isContainerNode() ? 1 : Magnitude.of(old, after);
        return new StateDelta(List.of(Change.replaced(kind, path, before, after, magnitude)));
    }

    private byte[] assertSmall(DeltaFormat format, JsonNode before, JsonNode after) {
        assertSmall(oneWay, format, before, after, false);
        return assertSmall(differ, format, before, after, true);
    }

    private static byte[] assertSmall(
            TreeDiffer differ, DeltaFormat format, JsonNode before, JsonNode after, boolean reversible) {
        StateDelta delta = differ.diff(before, after);
        byte[] bytes = format.encode(delta, before, after);
        StateDelta decoded = format.codec().against(before).decode(bytes);
        assertThat(JsonEquality.same(decoded.applyTo(before), after))
                .as("%s", decoded)
                .isTrue();
        if (reversible) {
            assertThat(JsonEquality.same(decoded.invert().applyTo(after), before))
                    .as("undoing %s", decoded)
                    .isTrue();
        }
        if (!delta.isEmpty()) {
            JsonNode old = recordsOldValues(delta) ? before : null;
            for (JsonNode whole : List.of(after, delta.applyTo(before))) { // with the members in either order
                byte[] once = format.codec().against(before).encode(replacement(Pointer.ROOT, old, whole, before));
                assertThat(bytes.length).as("%s of %s", format, decoded).isLessThanOrEqualTo(once.length);
            }
        }
        return bytes;
    }

    private static int cases(DeltaFormat format) {
        return format == DeltaFormat.BINARY ? COMPRESSED_CASES : CASES;
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(names = {"DELTA", "JSON_PATCH", "BINARY"})
    void encode_manyDeltasAreNeverLargerThanTheWholeState(DeltaFormat format) {
        RandomCases.run(3_000, random -> {
            JsonNode before = RandomStates.state(random);
            assertSmall(format, before, RandomStates.variant(before, random));
            assertSmall(format, before, RandomStates.state(random));
        });
    }

    private static boolean recordsOldValues(StateDelta delta) {
        return delta.changes().stream()
                .allMatch(change -> change.before() != null
                        || change.kind() == ChangeKind.ADDED
                        || change.kind() == ChangeKind.MOVED);
    }

    @ParameterizedTest
    @EnumSource(names = {"DELTA", "JSON_PATCH", "BINARY"})
    void encode_deltaIsNeverLargerThanTheWholeState(DeltaFormat format) {
        RandomCases.run(cases(format), random -> {
            JsonNode before = RandomStates.state(random);
            assertSmall(format, before, RandomStates.variant(before, random));
            assertSmall(format, before, RandomStates.state(random));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"DELTA", "JSON_PATCH", "BINARY"})
    void encode_deltaOfShuffledRecordsIsNeverLargerThanTheWholeState(DeltaFormat format) {
        RandomCases.run(cases(format) / 4, random -> {
            ArrayNode before = records(random, 1 + random.nextInt(60));
            List<JsonNode> elements = new ArrayList<>();
            before.forEach(element -> elements.add(random.nextInt(3) == 0 ? changed(element, random) : element));
            if (random.nextBoolean()) {
                Collections.shuffle(elements, random);
            }
            elements.subList(0, random.nextInt(1 + elements.size() / 2)).clear();
            ArrayNode after = NODES.arrayNode().addAll(elements).addAll(records(random, random.nextInt(5)));
            assertSmall(format, before, after);
            assertSmall(
                    format,
                    NODES.objectNode().set("r", before),
                    NODES.objectNode().set("r", after));
        });
    }

    /** The text formats, also one level down, where the rest of the state is too large to be repeated. */
    @ParameterizedTest
    @EnumSource(names = {"DELTA", "JSON_PATCH"})
    void encode_deltaOfAPartIsNeverLargerThanTheWholePart(DeltaFormat format) {
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = random.nextBoolean() ? RandomStates.variant(a, random) : RandomStates.state(random);
            JsonNode before = around(a);
            JsonNode after = around(b);
            byte[] bytes = assertSmall(format, before, after);
            if (!JsonEquality.same(a, b)) {
                byte[] part =
                        format.codec().against(before).encode(replacement(Pointer.of("all", "0", "part"), a, b, a));
                assertThat(bytes.length).isLessThanOrEqualTo(part.length);
            }
        });
    }

    private static JsonNode around(JsonNode part) {
        ObjectNode state = NODES.objectNode().put("much", "more".repeat(3_000));
        ((ObjectNode) state.putArray("all").addObject().set("part", part)).put("other", 1);
        return state;
    }

    private static ArrayNode records(Random random, int count) {
        ArrayNode records = NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            records.addObject()
                    .put("code", "k" + random.nextInt(1_000))
                    .put("v", random.nextInt(5))
                    .put("text", "some words ".repeat(random.nextInt(4)));
        }
        return records;
    }

    private static JsonNode changed(JsonNode element, Random random) {
        return ((ObjectNode) element.deepCopy()).put("v", random.nextInt(5));
    }

    @Test
    void encode_hundredChangedMembersAreOneReplacement() {
        ObjectNode before = NODES.objectNode();
        ObjectNode after = NODES.objectNode();
        for (int i = 0; i < 100; i++) {
            before.put("m" + i, i);
            after.put("m" + i, -i - 1);
        }
        int document = StateText.format(after).length();
        assertThat(DeltaFormat.JSON_PATCH.encode(differ.diff(before, after), before).length)
                .isLessThan(document + 60);
        assertThat(differ.diff(before, after).changes()).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource(names = {"DELTA", "JSON_PATCH", "BINARY"})
    void encode_deltaOfScalarsIsNeverLargerThanTheWholeState(DeltaFormat format) {
        RandomCases.run(cases(format), random -> {
            JsonNode before = scalar(random);
            JsonNode after = scalar(random);
            assertSmall(format, before, after);
            assertSmall(format, NODES.arrayNode().add(before), NODES.arrayNode().add(after));
            assertSmall(
                    format,
                    NODES.objectNode().set("a", before),
                    NODES.objectNode().set("a", after));
        });
    }

    private static JsonNode scalar(Random random) {
        String text = "the same words, ".repeat(random.nextInt(9));
        return switch (random.nextInt(4)) {
            case 0 -> NODES.numberNode(random.nextInt(1_000));
            case 1 -> NODES.numberNode(random.nextDouble());
            case 2 -> NODES.textNode(text + random.nextInt(100) + text);
            default -> NODES.textNode(random.nextInt(100) + text);
        };
    }

    /** A merge patch cannot replace an object by an object; any other replacement is the new value itself. */
    @Test
    void encode_mergePatchOfAValueThatIsNoObjectIsTheNewValue() {
        RandomCases.run(CASES, random -> {
            JsonNode before = RandomStates.state(random);
            JsonNode after = random.nextBoolean() ? scalar(random) : records(random, random.nextInt(4));
            assertThat(DeltaFormat.MERGE_PATCH.encode(differ.diff(before, after), before, after))
                    .hasSameSizeAs(StateText.write(after));
        });
    }

    @Test
    void jsonLength_isThatOfTheText() {
        RandomCases.run(CASES, random -> {
            JsonNode state = RandomStates.state(random);
            int length = StateText.write(state).length;
            assertThat(JsonLength.of(state, Long.MAX_VALUE / 2))
                    .as(() -> StateText.format(state))
                    .isEqualTo(length);
            assertThat(JsonLength.of(state, length / 2)).isGreaterThan(length / 2);
        });
        for (String text :
                List.of("\"\\\n\u0001\u007f\u00e9\u20ac\uD83D\uDE00", "\uD83D", "\u00e9\uDE00x\uD83D\uDE00")) {
            assertThat(JsonLength.of(text)).isEqualTo(StateText.write(NODES.textNode(text)).length);
        }
    }
}
