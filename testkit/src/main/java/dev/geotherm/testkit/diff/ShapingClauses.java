package dev.geotherm.testkit.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.testkit.RandomCases;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clauses about what deltas are made of, as the settings say: moves, splices, values that go, keys, numbers by value. */
abstract class ShapingClauses extends ComparingClauses {
    private static final int CASES = 300;
    private static final int LONG_ARRAY = 1_000;
    private static final int LONG_TEXT = 100;

    ShapingClauses() {}

    private StateDiffer shaped(UnaryOperator<DeltaShape> shape) {
        return differ(DifferLimits.usual().withShape(shape.apply(DeltaShape.usual())));
    }

    private static List<ChangeKind> kinds(StateDelta delta) {
        return delta.changes().stream().map(Change::kind).toList();
    }

    private static List<String> places(StateDelta delta) {
        return delta.changes().stream()
                .map(change -> change.kind() + " " + change.path())
                .toList();
    }

    /** Elements of arrays that go from one index to another. */
    @Nested
    class Moving {

        private ArrayNode longArray(String name) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < LONG_ARRAY; i++) {
                array.addObject().put(name, "e" + i).put("v", i % 7);
            }
            return array;
        }

        private void assertOneMove(String name) {
            require(DifferCapability.MOVES);
            StateDiffer differ = differ();
            RandomCases.run(CASES / 30, random -> {
                int from = random.nextInt(LONG_ARRAY);
                // Not to a neighbour's place, which could as well be the neighbour's move.
                int to = (from + 2 + random.nextInt(LONG_ARRAY - 3)) % LONG_ARRAY;
                ObjectNode a = JsonNodeFactory.instance.objectNode().set("list", longArray(name));
                ObjectNode b = a.deepCopy();
                ArrayNode list = (ArrayNode) b.get("list");
                list.insert(to, list.remove(from));
                assertThat(differ.diff(a, b).changes())
                        .containsExactly(Change.moved(
                                Pointer.of("list").child(from),
                                Pointer.of("list").child(to)));
            });
        }

        @Test
        void anElementThatMovesInALongArrayIsOneChange() {
            assertOneMove("name");
        }

        @Test
        void anElementWithAKeyThatMovesIsOneChange() {
            assertOneMove("id");
        }

        @Test
        void nothingMovesWhereTheSettingsSaySo() {
            require(DifferCapability.MOVES);
            StateDiffer differ = shaped(DeltaShape::withoutMoves);
            ArrayNode a = longArray("id");
            ArrayNode b = longArray("id");
            b.insert(LONG_ARRAY / 3, b.remove(LONG_ARRAY / 2));
            assertExact(differ, a, b);
            assertThat(kinds(differ.diff(a, b))).doesNotContain(ChangeKind.MOVED);
            RandomCases.run(CASES, random -> {
                JsonNode state = RandomStates.state(random);
                JsonNode other = RandomStates.variant(state, random);
                assertExact(differ, state, other);
                assertThat(kinds(differ.diff(state, other))).doesNotContain(ChangeKind.MOVED);
            });
        }
    }

    /** Pieces of long texts. */
    @Nested
    class Splicing {

        private StateDelta between(StateDiffer differ, String a, String b) {
            JsonNode before = JsonNodeFactory.instance.objectNode().put("t", a);
            JsonNode after = JsonNodeFactory.instance.objectNode().put("t", b);
            StateDelta delta = differ.diff(before, after);
            assertSame(delta.applyTo(before), after);
            assertSame(delta.invert().applyTo(after), before);
            return delta;
        }

        @Test
        void aPieceOfALongTextIsChanged() {
            require(DifferCapability.TEXT_SPLICES);
            String text = "It was the best of times, it was the worst of times. ".repeat(10);
            StateDelta delta = between(differ(), text, text.replaceFirst("worst", "oddest"));
            assertThat(kinds(delta)).containsExactly(ChangeKind.TEXT_SPLICED);
            assertThat(requireNonNull(delta.changes().get(0).splice()).text())
                    .hasSizeLessThanOrEqualTo("oddest".length());
        }

        @Test
        void aPieceIsChangedOnlyWhereThatIsSmaller() {
            require(DifferCapability.TEXT_SPLICES);
            StateDiffer differ = shaped(shape -> shape.splicingFrom(1));
            assertThat(kinds(between(differ, "a".repeat(LONG_TEXT), "b".repeat(LONG_TEXT))))
                    .containsExactly(ChangeKind.MODIFIED);
            RandomCases.run(CASES, random -> {
                String a = text(random);
                String b = text(random);
                for (Change change : between(differ, a, b).changes()) {
                    TextSplice splice = change.splice();
                    if (splice != null) {
                        assertThat(splice.length() + splice.text().length()).isLessThan(a.length() + b.length());
                    }
                }
            });
        }

        @Test
        void aShortTextIsExchangedAsAWhole() {
            require(DifferCapability.TEXT_SPLICES);
            String text = "x".repeat(LONG_TEXT);
            String shorter = text.substring(1);
            assertThat(kinds(between(differ(), shorter, shorter + "y"))).containsExactly(ChangeKind.MODIFIED);
            StateDiffer never = shaped(shape -> shape.splicingFrom(0));
            assertThat(kinds(between(never, text.repeat(9), text.repeat(9) + "y")))
                    .containsExactly(ChangeKind.MODIFIED);
        }

        @Test
        void noCharacterIsSplit() {
            require(DifferCapability.TEXT_SPLICES);
            StateDiffer differ = shaped(shape -> shape.splicingFrom(1));
            String faces = "\uD83D\uDE00".repeat(LONG_TEXT);
            assertWhole(between(differ, faces, faces.replaceFirst("\uD83D\uDE00$", "\uD83D\uDE01")));
            assertWhole(between(differ, faces, faces.replaceFirst("\uD83D\uDE00", "\uD83C\uDE00")));
            RandomCases.run(CASES, random -> assertWhole(between(differ, text(random), text(random))));
        }

        private void assertWhole(StateDelta delta) {
            for (Change change : delta.changes()) {
                if (change.splice() != null) {
                    assertThat(change.splice().text()).matches("(?s)[^\\p{Cs}]*");
                    assertThat(requireNonNull(change.before()).textValue()).matches("(?s)[^\\p{Cs}]*");
                }
            }
        }

        @Test
        void aPatchExchangesTheWholeText() {
            require(DifferCapability.TEXT_SPLICES);
            StateDiffer differ = shaped(shape -> shape.splicingFrom(1));
            RandomCases.run(CASES, random -> {
                JsonNode a =
                        JsonNodeFactory.instance.arrayNode().add(text(random)).add(0);
                JsonNode b =
                        JsonNodeFactory.instance.arrayNode().add(text(random)).add(1);
                for (JsonNode operation : differ.diff(a, b).toJsonPatch(a)) {
                    assertThat(operation.get("op").textValue()).isEqualTo("replace");
                    assertThat(operation.get("value")).isIn(b.get(0), b.get(1));
                }
            });
        }

        private String text(Random random) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(80), 0, 12)
                    .forEach(i -> text.append(i > 1 ? "a" : i == 0 ? "\uD83D\uDE00" : "\uD83D\uDE01"));
            return text.toString();
        }
    }

    /** Values that go. */
    @Nested
    class CarryingWhatGoes {

        @Test
        void whatGoesIsNotCarriedWhereTheSettingsSaySo() {
            require(DifferCapability.REVERSIBLE);
            StateDiffer differ = shaped(shape -> shape.irreversible().splicingFrom(1));
            RandomCases.run(CASES, random -> {
                JsonNode a = RandomStates.state(random);
                JsonNode b = RandomStates.variant(a, random);
                StateDelta delta = differ.diff(a, b);
                assertSame(delta.applyTo(a), b);
                assertThat(delta.changes())
                        .allSatisfy(change -> assertThat(change.before()).isNull());
            });
        }

        @Test
        void aDeltaThatDoesNotCarryWhatGoesIsNotUndone() {
            require(DifferCapability.REVERSIBLE);
            StateDiffer differ = shaped(DeltaShape::irreversible);
            for (String after : List.of("{}", "{'gone':2}", "{'gone':{}}")) {
                StateDelta delta = differ.diff(json("{'gone':1}"), json(after));
                assertThatExceptionOfType(DeltaException.class)
                        .isThrownBy(delta::invert)
                        .withMessageContaining("change 0")
                        .withMessageContaining("'" + delta.changes().get(0).path() + "'");
            }
        }
    }

    /** Elements that are known by a member. */
    @Nested
    class Keying {

        @Test
        void elementsAreKnownByTheMemberThatTheSettingsSay() {
            require(DifferCapability.IDENTITY_KEYS);
            StateDiffer differ = shaped(shape -> shape.withKeys("/a=code", "/b/*=name"));
            assertThat(places(differ.diff(
                            json("{'a':[{'code':1,'v':1},{'code':2,'v':1},{'code':3,'v':1}]}"),
                            json("{'a':[{'code':2,'v':2},{'code':3,'v':3}]}"))))
                    .containsExactlyInAnyOrder("REMOVED /a/0", "MODIFIED /a/0/v", "MODIFIED /a/1/v");
            assertThat(places(differ.diff(
                            json("{'b':{'x':[{'name':'p','v':1},{'name':'q','v':1}]}}"),
                            json("{'b':{'x':[{'name':'o','v':9},{'name':'p','v':2},{'name':'q','v':3}]}}"))))
                    .containsExactlyInAnyOrder("ADDED /b/x/0", "MODIFIED /b/x/1/v", "MODIFIED /b/x/2/v");
        }

        @Test
        void elementsOfDifferentKeysAreNotTakenForOneAnother() {
            require(DifferCapability.IDENTITY_KEYS);
            StateDiffer differ = shaped(shape -> shape.withKeys("=code"));
            assertThat(places(differ.diff(
                            json("[{'code':1,'v':[1,2,3,4,5]},{'code':9}]"),
                            json("[{'code':2,'v':[1,2,3,4,5]},{'code':9}]"))))
                    .containsExactlyInAnyOrder("REMOVED /0", "ADDED /0");
        }

        @Test
        void keysThatDoNotTellElementsApartAreNoKeys() {
            require(DifferCapability.IDENTITY_KEYS);
            StateDiffer differ = shaped(shape -> shape.withKeys("/**=a", "=b"));
            RandomCases.run(CASES, random -> {
                JsonNode a = RandomStates.state(random);
                assertExact(differ, a, RandomStates.variant(a, random));
                assertExact(differ, keyed(random), keyed(random));
            });
        }

        /** Elements whose keys are at times missing, null, containers, of another type or those of others. */
        private ArrayNode keyed(Random random) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            boolean odd = random.nextInt(3) == 0;
            for (int i = random.nextInt(12); i > 0; i--) {
                ObjectNode element = array.addObject().put("v", random.nextInt(3));
                int choice = odd ? random.nextInt(12) : 11;
                switch (choice) {
                    case 0 -> element.putNull("a");
                    case 1 -> element.putArray("a");
                    case 2 -> element.put("b", 1);
                    case 3 -> element.put("a", "" + random.nextInt(40));
                    default -> element.put("a", random.nextInt(40));
                }
            }
            return array;
        }
    }

    /** Numbers that are the same by their value. */
    @Nested
    class ComparingByValue {

        private StateDiffer byValue() {
            require(DifferCapability.NUMBERS_BY_VALUE);
            return shaped(DeltaShape::byValue);
        }

        @Test
        void numbersOfOneValueAreTheSameWhereTheSettingsSaySo() {
            StateDiffer differ = byValue();
            List<List<JsonNode>> alike = List.of(
                    List.of(json("1"), json("1.0"), json("1e0"), DecimalNode.valueOf(new BigDecimal("1.00"))),
                    List.of(json("100"), json("1e2"), DecimalNode.valueOf(new BigDecimal("1e2"))),
                    List.of(json("0"), json("0.0"), DoubleNode.valueOf(-0.0)));
            for (List<JsonNode> numbers : alike) {
                for (JsonNode a : numbers) {
                    for (JsonNode b : numbers) {
                        JsonNode before =
                                JsonNodeFactory.instance.arrayNode().add(a).add("x");
                        JsonNode after =
                                JsonNodeFactory.instance.arrayNode().add(b).add("x");
                        assertThat(differ.diff(before, after).changes())
                                .as(a + " and " + b)
                                .isEmpty();
                    }
                }
            }
        }

        @Test
        void numbersOfOtherValuesDiffer() {
            StateDiffer differ = byValue();
            assertThat(differ.diff(json("1"), json("1.5")).changes()).hasSize(1);
            assertThat(differ.diff(json("9007199254740993"), json("9007199254740992"))
                            .changes())
                    .hasSize(1);
            assertThat(differ.diff(json("1"), json("'1'")).changes()).hasSize(1);
            RandomCases.run(CASES, random -> {
                JsonNode a = RandomStates.state(random);
                JsonNode b = RandomStates.variant(a, random);
                StateDelta delta = differ.diff(a, b);
                assertThat(JsonEquality.sameByValue(delta.applyTo(a), b)).isTrue();
                assertThat(delta.isEmpty()).isEqualTo(JsonEquality.sameByValue(a, b));
            });
        }

        @Test
        void aNumberThatChangesComesAsItIsWritten() {
            assertSame(
                    byValue()
                            .diff(json("{'a':1,'b':1}"), json("{'a':2.0,'b':1.0}"))
                            .applyTo(json("{'a':1}")),
                    json("{'a':2.0}"));
        }
    }
}
